package io.trekpoint.control.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How a control data set is created. */
@ConfigMapping(prefix = "trek.control")
interface InitConfig {
    /** The bearer token that may create one; absent: nobody may. */
    Optional<String> initToken();

    /** The environment part of generated API keys: 1 to 16 letters and digits. */
    @WithDefault("dev")
    String keyEnvironment();
}
