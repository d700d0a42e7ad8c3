package io.trekpoint.lanes.guard;

import java.util.Locale;

/** Something the product needs Redis for, with the failure default it has declared. */
public enum Concern {
    /** The broker. */
    JOBS(
            LaneName.JOBS,
            Mode.REFUSING,
            "submits are refused with 503 and nothing is half-accepted; claims wait, finishes are retried"),
    /** The result backend. */
    RESULTS(LaneName.JOBS, Mode.REFUSING, "reads are refused with 503, never 404"),
    /** Rate limits and quotas. */
    LIMITS(
            LaneName.LIMITS,
            Mode.LOCAL,
            "a local limiter answers, sized to this replica's share; of quotas a small allowance"),
    /** Feature flags. */
    FLAGS(LaneName.CONTROL, Mode.STALE, "last known good, else the declared default, else enabled"),
    /** Runtime settings. */
    SETTINGS(LaneName.CONTROL, Mode.STALE, "last known good, else the code default"),
    /** API keys. */
    CLIENTS(LaneName.CONTROL, Mode.STALE, "last known good, else refused");

    private final LaneName lane;
    private final Mode withoutLane;
    private final String failureDefault;

    Concern(LaneName lane, Mode withoutLane, String failureDefault) {
        this.lane = lane;
        this.withoutLane = withoutLane;
        this.failureDefault = failureDefault;
    }

    /** The lane this concern travels on. */
    public LaneName lane() {
        return lane;
    }

    /** What a concern that is {@link Mode#NORMAL} does once its lane is dead. */
    public Mode withoutLane() {
        return withoutLane;
    }

    /** What the concern does while its lane cannot answer, in one sentence for operators. */
    public String failureDefault() {
        return failureDefault;
    }

    /** What the users of the product notice of a mode, in one sentence. */
    public String usersView(Mode mode) {
        return switch (this) {
            case JOBS ->
                    mode == Mode.NORMAL
                            ? "jobs are accepted and done"
                            : "new jobs get 503 with Retry-After and are safe to send again; accepted ones wait";
            case RESULTS ->
                    mode == Mode.NORMAL
                            ? "jobs and results can be fetched"
                            : "jobs and results get 503 with Retry-After; none is lost";
            case LIMITS ->
                    mode == Mode.NORMAL
                            ? "each client has its limits and quotas, whichever gateway it meets"
                            : "each gateway gives its share of a limit and a few uses of a quota, then 503";
            case FLAGS -> flagsView(mode);
            case SETTINGS ->
                    switch (mode) {
                        case NORMAL -> "limits and bounds are as operators set them";
                        case DEFAULT -> "limits and bounds are the defaults of the code";
                        case STALE, LOCAL, REFUSING ->
                                "limits and bounds stay as they were last known; changes arrive later";
                    };
            case CLIENTS ->
                    switch (mode) {
                        case NORMAL -> "API keys work, and cease to when they are revoked";
                        case REFUSING, DEFAULT -> "every API key gets 401: none was ever known";
                        case STALE, LOCAL ->
                                "known API keys work; new and revoked ones are noticed later";
                    };
        };
    }

    private static String flagsView(Mode mode) {
        return switch (mode) {
            case NORMAL -> "features are on and off as operators set them";
            case DEFAULT -> "features are as the code declares them, else on";
            case STALE, LOCAL, REFUSING ->
                    "features stay as they were last known, killed ones killed; changes arrive later";
        };
    }

    /** The name in metrics and answers, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
