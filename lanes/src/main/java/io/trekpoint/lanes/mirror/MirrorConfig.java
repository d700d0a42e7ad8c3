package io.trekpoint.lanes.mirror;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where a mirror looks for the control state besides Redis. */
@ConfigMapping(prefix = "trek.mirror")
public interface MirrorConfig {
    /** Base URL of the control service; absent: that source is skipped. */
    Optional<URI> controlUrl();

    /**
     * File with the API key (role {@code reader}) to show to the control service. Read at each
     * attempt, so it may appear later; absent: that source is skipped.
     */
    Optional<Path> controlKeyFile();

    /** Directory of {@code control-state.json}; absent: nothing is kept on disk. */
    Optional<Path> snapshotDir();

    /** How long a start waits for the first fill before it goes on with what there is. */
    @WithDefault("1s")
    Duration firstFill();
}
