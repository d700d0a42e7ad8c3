package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.PerTier;
import java.time.Duration;
import java.util.List;

/** How the gateway serves. */
public final class GatewaySettings {
    /** The longest a client may ask to wait for a job. */
    public static final PerTier<Duration> LONGEST_WAIT =
            new PerTier<>(
                    new About(
                            "gateway.longest-wait",
                            "time",
                            "api-service",
                            "The most that Prefer: wait is granted; 0s for no waiting at all"),
                    SettingType.wholeSeconds(Duration.ZERO, Duration.ofSeconds(30)),
                    Duration.ofSeconds(30));

    static final List<SettingKey<?>> ALL = List.of(LONGEST_WAIT);

    private GatewaySettings() {}
}
