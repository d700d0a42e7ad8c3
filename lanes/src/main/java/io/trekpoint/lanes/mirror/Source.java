package io.trekpoint.lanes.mirror;

import java.util.Locale;

/** Where a mirror has its state from, best first. */
public enum Source {
    /** The control lane. */
    REDIS,
    /** The control service's {@code GET /v1/state}. */
    CONTROL,
    /** The mirror's own snapshot on disk. */
    DISK,
    /** Nowhere: declared defaults. */
    DEFAULT;

    /** The name in JSON and metrics, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean atLeast(Source other) {
        return compareTo(other) <= 0;
    }
}
