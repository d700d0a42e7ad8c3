package io.trekpoint.control.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the audit is archived. */
@ConfigMapping(prefix = "trek.audit")
public interface AuditConfig {
    /**
     * Directory of the audit files, on a volume of this replica's own; absent: {@code audit} in the
     * directory of the snapshot. Without either nothing is archived, and the stream in Redis is
     * never cut.
     */
    Optional<Path> dir();

    /** After how long a replica that is silent is no longer waited for before the stream is cut. */
    @WithDefault("24h")
    Duration volumeSilence();
}
