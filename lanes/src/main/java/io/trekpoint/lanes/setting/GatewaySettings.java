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

    /** How many requests of a client may wait at once. */
    public static final PerTier<Integer> OPEN_WAITS =
            new PerTier<>(
                    new About(
                            "gateway.open-waits",
                            "requests",
                            "api-service",
                            "How many requests of one client may wait for jobs at once on a gateway, event streams"
                                    + " included; one more waits not at all"),
                    SettingType.wholeNumber(0, 100_000),
                    1_000);

    static final List<SettingKey<?>> ALL = List.of(LONGEST_WAIT, OPEN_WAITS);

    private GatewaySettings() {}
}
