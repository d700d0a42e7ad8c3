package io.trekpoint.lanes.instance;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** What a process is told of its own place. */
@ConfigMapping(prefix = "trek.instance")
public interface InstanceConfig {
    /** Where operators reach this process. */
    URI url();
}
