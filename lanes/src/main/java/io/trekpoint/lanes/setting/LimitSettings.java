package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.limit.Terms.Enforcement;
import io.trekpoint.lanes.limit.Terms.WithoutRedis;
import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.Global;
import io.trekpoint.lanes.setting.SettingKey.PerTier;
import java.time.Duration;
import java.util.List;

/** How often a client may call the gateway. */
public final class LimitSettings {
    private static final String OWNER = "api-service";

    /** Requests at once. */
    public static final PerTier<Integer> BURST_REQUESTS =
            new PerTier<>(
                    new About(
                            "limits.burst.requests",
                            "requests",
                            OWNER,
                            "Requests a client may make at once, and earns back in each limits.burst.window"),
                    SettingType.wholeNumber(1, 100_000),
                    20);

    /** The time in which a burst is earned back. */
    public static final PerTier<Duration> BURST_WINDOW =
            new PerTier<>(
                    new About(
                            "limits.burst.window",
                            "time",
                            OWNER,
                            "The time in which a client earns limits.burst.requests back"),
                    SettingType.wholeSeconds(Duration.ofSeconds(1), Duration.ofHours(1)),
                    Duration.ofSeconds(1));

    /** Requests of an hour. */
    public static final PerTier<Integer> HOUR_REQUESTS =
            new PerTier<>(
                    new About(
                            "limits.hour.requests",
                            "requests per hour",
                            OWNER,
                            "Requests a client may make at once, and earns back evenly over an hour: at most twice as many within any one hour"),
                    SettingType.wholeNumber(1, 100_000_000),
                    1_000,
                    20_000,
                    200_000);

    /** Whether the limit refuses. */
    public static final Global<Enforcement> BURST_ENFORCEMENT =
            new Global<>(
                    new About(
                            "limits.burst.enforcement",
                            "choice",
                            OWNER,
                            "Whether the limit on the burst refuses, or is only counted and reported"),
                    SettingType.choice(Enforcement.class),
                    Enforcement.ENFORCED);

    /** What is done with it without Redis. */
    public static final Global<WithoutRedis> BURST_WITHOUT_REDIS =
            new Global<>(
                    new About(
                            "limits.burst.without-redis",
                            "choice",
                            OWNER,
                            "What each gateway does with the limit on the burst while Redis cannot be asked: gives its part, admits everything uncounted, or refuses"),
                    SettingType.choice(WithoutRedis.class),
                    WithoutRedis.LOCAL);

    /** Whether the limit refuses. */
    public static final Global<Enforcement> HOUR_ENFORCEMENT =
            new Global<>(
                    new About(
                            "limits.hour.enforcement",
                            "choice",
                            OWNER,
                            "Whether the limit on the hour refuses, or is only counted and reported"),
                    SettingType.choice(Enforcement.class),
                    Enforcement.ENFORCED);

    /** What is done with it without Redis. */
    public static final Global<WithoutRedis> HOUR_WITHOUT_REDIS =
            new Global<>(
                    new About(
                            "limits.hour.without-redis",
                            "choice",
                            OWNER,
                            "What each gateway does with the limit on the hour while Redis cannot be asked: gives its part, admits everything uncounted, or refuses"),
                    SettingType.choice(WithoutRedis.class),
                    WithoutRedis.LOCAL);

    /** Whether the limit refuses. */
    public static final Global<Enforcement> EXPORTS_ENFORCEMENT =
            new Global<>(
                    new About(
                            "limits.exports.enforcement",
                            "choice",
                            OWNER,
                            "Whether the limit on the exports of a month refuses, or is only counted and reported"),
                    SettingType.choice(Enforcement.class),
                    Enforcement.ENFORCED);

    /** What is done with it without Redis. */
    public static final Global<WithoutRedis> EXPORTS_WITHOUT_REDIS =
            new Global<>(
                    new About(
                            "limits.exports.without-redis",
                            "choice",
                            OWNER,
                            "What each gateway does with the limit on the exports of a month while Redis cannot be asked: gives its part, admits everything uncounted, or refuses"),
                    SettingType.choice(WithoutRedis.class),
                    WithoutRedis.LOCAL);

    /** What a replica gives of a monthly quota by itself. */
    public static final Global<Integer> LOCAL_QUOTA_ALLOWANCE =
            new Global<>(
                    new About(
                            "limits.local.quota-allowance",
                            "uses per month",
                            OWNER,
                            "What a client gets of a monthly quota from each gateway while Redis cannot say what is left"),
                    SettingType.wholeNumber(0, 1_000_000),
                    3);

    /** When to come back once that is used up. */
    public static final Global<Duration> LOCAL_RETRY_AFTER =
            new Global<>(
                    new About(
                            "limits.local.retry-after",
                            "time",
                            OWNER,
                            "When a client is asked to come back once limits.local.quota-allowance is used up"),
                    SettingType.wholeSeconds(Duration.ofSeconds(1), Duration.ofHours(1)),
                    Duration.ofSeconds(10));

    static final List<SettingKey<?>> ALL =
            List.of(
                    BURST_REQUESTS,
                    BURST_WINDOW,
                    HOUR_REQUESTS,
                    BURST_ENFORCEMENT,
                    BURST_WITHOUT_REDIS,
                    HOUR_ENFORCEMENT,
                    HOUR_WITHOUT_REDIS,
                    EXPORTS_ENFORCEMENT,
                    EXPORTS_WITHOUT_REDIS,
                    LOCAL_QUOTA_ALLOWANCE,
                    LOCAL_RETRY_AFTER);

    private LimitSettings() {}
}
