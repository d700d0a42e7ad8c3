package io.trekpoint.lanes.mirror;

/** Where the control state lives in Redis: one hash tag, so that one script reaches it all. */
public final class ControlKeys {
    /**
     * Hash of the head: {@code epoch}, {@code revision}, {@code hash}, and {@code entries}, the
     * number of fields in the three hashes below.
     */
    public static final String META = "trek:{control}:meta";

    /** Stream of changes: id {@code <revision>-0}, fields as {@link Change} reads them. */
    public static final String CHANGES = "trek:{control}:changes";

    /**
     * Stream of the audit: id {@code <revision>-0}, fields {@code entry} (JSON), {@code previous}
     * and {@code hash}.
     */
    public static final String AUDIT = "trek:{control}:audit";

    private ControlKeys() {}

    /** Hash of every entry of a kind: key to JSON. */
    public static String entries(Kind kind) {
        return switch (kind) {
            case FLAG -> "trek:{control}:flags";
            case SETTING -> "trek:{control}:settings";
            case CLIENT -> "trek:{control}:clients";
        };
    }

    /** The id of a revision's entry in {@link #CHANGES} and {@link #AUDIT}. */
    public static String streamId(long revision) {
        return revision + "-0";
    }
}
