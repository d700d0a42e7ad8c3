package io.trekpoint.lanes.mirror;

/**
 * Which control state this is.
 *
 * @param epoch the identity of the data set; empty where none is known
 * @param revision grows by one with every change; 0 where none is known
 * @param hash SHA-256 in hex over the audit up to this revision; empty where none is known
 */
public record Head(String epoch, long revision, String hash) {
    /** No state is known. */
    public static final Head NONE = new Head("", 0, "");

    /** Whether a state is known at all. */
    public boolean known() {
        return !epoch.isEmpty();
    }
}
