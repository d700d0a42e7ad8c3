package io.trekpoint.lanes.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client has subscribed to. */
public enum Tier {
    /** Costs nothing. */
    FREE,
    /** Paid by the month. */
    PRO,
    /** Under contract. */
    PARTNER;

    /** The name in JSON, settings and metrics: {@code free}, {@code pro}, {@code partner}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier of that label; empty for any other text. */
    public static Optional<Tier> ofLabel(String label) {
        return Stream.of(values()).filter(tier -> tier.label().equals(label)).findFirst();
    }
}
