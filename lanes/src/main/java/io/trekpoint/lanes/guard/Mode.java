package io.trekpoint.lanes.guard;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a concern is doing now. */
public enum Mode {
    /** Redis answers. */
    NORMAL,
    /** Answers are the last known good. */
    STALE,
    /** Answers are declared or code defaults: nothing was ever known. */
    DEFAULT,
    /** Limits are kept by this process alone. */
    LOCAL,
    /** The concern refuses, cleanly. */
    REFUSING;

    /** The name in metrics and answers, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that label; empty for any other text. */
    public static Optional<Mode> ofLabel(String label) {
        return Stream.of(values()).filter(mode -> mode.label().equals(label)).findFirst();
    }
}
