package io.trekpoint.lanes.guard;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The lanes to Redis. Each can be moved to a Redis of its own by one variable. */
public enum LaneName {
    /** Jobs and their results. */
    JOBS,
    /** Rate limits and quotas. */
    LIMITS,
    /** Flags, settings, clients and their audit. */
    CONTROL;

    /**
     * The name in configuration, metrics and answers: {@code jobs}, {@code limits}, {@code
     * control}.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lane of that label; empty for any other text. */
    public static Optional<LaneName> ofLabel(String label) {
        return Stream.of(values()).filter(lane -> lane.label().equals(label)).findFirst();
    }
}
