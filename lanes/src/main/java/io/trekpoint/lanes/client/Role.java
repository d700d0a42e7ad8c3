package io.trekpoint.lanes.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client may do at the control service. Each role includes those before it. */
public enum Role {
    /** Reads the control state, as services do. */
    READER,
    /** Looks at definitions, settings and the audit. */
    VIEWER,
    /** Changes flags and settings. */
    OPERATOR,
    /** Administers clients. */
    ADMIN;

    /** The name in JSON, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether who has this role has that one too. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The role of that label; empty for any other text. */
    public static Optional<Role> ofLabel(String label) {
        return Stream.of(values()).filter(role -> role.label().equals(label)).findFirst();
    }
}
