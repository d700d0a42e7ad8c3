package io.trekpoint.worker.gpx.read;

import org.jspecify.annotations.Nullable;

/**
 * Counts the different names of a file. A parser keeps each one until the end, in a table where
 * names can be made to hash alike and every look then passes all of them; no honest file comes
 * near.
 */
final class NameCount {
    private static final int MOST = 256;
    private static final int SLOTS = 4 * MOST;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];
    private int count;

    /** Takes a name; false once there have been too many. */
    boolean take(@Nullable String prefix, String local) {
        return take(prefix == null || prefix.isEmpty() ? local : prefix + ':' + local);
    }

    /** Takes a name as it is written; false once there have been too many. */
    boolean take(String name) {
        int hash = name.hashCode();
        for (int i = hash ^ (hash >>> 16); ; i++) {
            String known = slots[i & (SLOTS - 1)];
            if (known == null) {
                slots[i & (SLOTS - 1)] = name;
                return ++count <= MOST;
            }
            if (known.equals(name)) {
                return true;
            }
        }
    }
}
