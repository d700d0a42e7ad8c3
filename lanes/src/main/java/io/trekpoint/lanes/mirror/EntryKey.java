package io.trekpoint.lanes.mirror;

/**
 * Which entry of the control state.
 *
 * @param kind what it is
 * @param key its key
 */
public record EntryKey(Kind kind, String key) implements Comparable<EntryKey> {
    /** By kind, then by key. */
    @Override
    public int compareTo(EntryKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind == 0 ? key.compareTo(other.key) : byKind;
    }

    /** For people: {@code flag gpx.export}. */
    @Override
    public String toString() {
        return kind.label() + " " + key;
    }
}
