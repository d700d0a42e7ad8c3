package io.trekpoint.control.store;

import io.trekpoint.lanes.mirror.EntryKey;
import java.util.Collection;
import java.util.Set;

/** What a change has to read before it can be computed. */
public sealed interface Reads {
    /**
     * A few entries.
     *
     * @param keys which
     */
    record Entries(Set<EntryKey> keys) implements Reads {
        /** Copies what it is given. */
        public Entries {
            keys = Set.copyOf(keys);
        }
    }

    /** The whole state; dearer, for a change that cannot name its entries beforehand. */
    record Everything() implements Reads {}

    /** One entry. */
    static Reads of(EntryKey key) {
        return new Entries(Set.of(key));
    }

    /** Some entries. */
    static Reads of(Collection<EntryKey> keys) {
        return new Entries(Set.copyOf(keys));
    }

    /** The whole state. */
    static Reads everything() {
        return new Everything();
    }
}
