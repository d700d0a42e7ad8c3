package io.trekpoint.lanes.evaluation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How evaluations are reported. */
@ConfigMapping(prefix = "trek.evaluations")
public interface EvaluationConfig {
    /** How often a process reports what it has counted. */
    @WithDefault("10s")
    Duration interval();
}
