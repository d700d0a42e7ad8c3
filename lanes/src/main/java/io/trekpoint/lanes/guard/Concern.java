package io.trekpoint.lanes.guard;

import java.util.Locale;

/** Something the product needs Redis for, with the failure default it has declared. */
public enum Concern {
    /** The broker. */
    JOBS(
            LaneName.JOBS,
            "submits are refused with 503 and nothing is half-accepted; claims wait, finishes are retried"),
    /** The result backend. */
    RESULTS(LaneName.JOBS, "reads are refused with 503, never 404"),
    /** Rate limits and quotas. */
    LIMITS(LaneName.LIMITS, "a local limiter answers, sized to this replica's share"),
    /** Feature flags. */
    FLAGS(LaneName.CONTROL, "last known good, else the declared default, else enabled"),
    /** Runtime settings. */
    SETTINGS(LaneName.CONTROL, "last known good, else the code default"),
    /** API keys. */
    CLIENTS(LaneName.CONTROL, "last known good, else refused");

    private final LaneName lane;
    private final String failureDefault;

    Concern(LaneName lane, String failureDefault) {
        this.lane = lane;
        this.failureDefault = failureDefault;
    }

    /** The lane this concern travels on. */
    public LaneName lane() {
        return lane;
    }

    /** What the concern does while its lane cannot answer, in one sentence for operators. */
    public String failureDefault() {
        return failureDefault;
    }

    /** The name in metrics and answers, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
