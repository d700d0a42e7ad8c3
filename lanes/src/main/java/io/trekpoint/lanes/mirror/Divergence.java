package io.trekpoint.lanes.mirror;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How what a source offers fails to follow from what is known. What is known then stays. */
public enum Divergence {
    /** A state is known, and the source has none. */
    VANISHED("the control state is gone from its source"),
    /** The source has another data set. */
    REPLACED("the source holds a control state of another epoch"),
    /** The source has an older revision. */
    ROLLED_BACK("the revision has gone back"),
    /** The source has another history. */
    FORKED("the history does not follow from the one known"),
    /** Entries were taken away or added past the control service. */
    INCOMPLETE("entries are missing, or were added past the control service"),
    /** The source's state is of the wrong type, or no state at all. */
    UNREADABLE("the control state is unreadable at its source");

    private final String text;

    Divergence(String text) {
        this.text = text;
    }

    /** For people, without a full stop. */
    public String text() {
        return text;
    }

    /** Whether a source that has yet to catch up looks like this. */
    boolean isBehind() {
        return this == VANISHED || this == ROLLED_BACK;
    }

    /**
     * Judges an offered state by its head.
     *
     * @param known what is known
     * @param offered what the source has
     * @param previous the hash that the revision after the known one followed; null where the
     *     source cannot tell
     * @return empty where the offer is the known state or follows from it
     */
    static Optional<Divergence> between(Head known, Head offered, @Nullable String previous) {
        if (!known.known()) {
            return Optional.empty();
        }
        if (!offered.known()) {
            return Optional.of(VANISHED);
        }
        if (!offered.epoch().equals(known.epoch())) {
            return Optional.of(REPLACED);
        }
        if (offered.revision() < known.revision()) {
            return Optional.of(ROLLED_BACK);
        }
        boolean follows =
                offered.revision() == known.revision()
                        ? offered.hash().equals(known.hash())
                        : previous == null || previous.equals(known.hash());
        return follows ? Optional.empty() : Optional.of(FORKED);
    }
}
