package io.trekpoint.lanes.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How the jobs of a data set are laid out; services that share one are given the same. What may
 * change while they run is in {@link JobRules}.
 */
@ConfigMapping(prefix = "trek.jobs")
public interface JobConfig {
    /**
     * How many shards the data set has; fixed for its life, and written in it by whoever first
     * submits or claims: others who are given another number are refused. Each costs a gateway one
     * waiting connection.
     */
    @Min(1)
    @Max(4)
    @WithDefault("1")
    int shards();
}
