package io.trekpoint.lanes.mirror;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the control state is made of. */
public enum Kind {
    /** Feature flags. */
    FLAG,
    /** Runtime settings. */
    SETTING,
    /** Clients with their API keys. */
    CLIENT,
    /** Changes that are to be made at a time. */
    SCHEDULE;

    /** The name of one in JSON: {@code flag}, {@code setting}, {@code client}, {@code schedule}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of all of them in JSON, such as {@code flags}. */
    public String plural() {
        return label() + "s";
    }

    /** The kind of that label; empty for another word. */
    public static Optional<Kind> ofLabel(String label) {
        return Stream.of(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
}
