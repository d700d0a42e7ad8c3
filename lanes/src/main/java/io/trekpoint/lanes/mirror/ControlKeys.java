package io.trekpoint.lanes.mirror;

import java.util.List;

/** Where the control state lives in Redis: one hash tag, so that one script reaches it all. */
public final class ControlKeys {
    /**
     * Hash of the head: {@code epoch}, {@code revision}, {@code hash}, and {@code entries}, the
     * number of fields in the four hashes below.
     */
    public static final String META = "trek:{control}:meta";

    /** Stream of changes: id {@code <revision>-0}, fields as {@link Change} reads them. */
    public static final String CHANGES = "trek:{control}:changes";

    /**
     * Stream of the audit: id {@code <revision>-0}, fields {@code entry} (JSON), {@code previous}
     * and {@code hash}.
     */
    public static final String AUDIT = "trek:{control}:audit";

    /** Hash of each volume that archives the audit: {@code "<revision> <seconds>"}. */
    static final String ARCHIVES = "trek:{control}:archives";

    /** The head and every hash of entries, in the order in which the scripts number them. */
    static final List<String> STATE =
            List.of(
                    META,
                    entries(Kind.FLAG),
                    entries(Kind.SETTING),
                    entries(Kind.CLIENT),
                    entries(Kind.SCHEDULE));

    private ControlKeys() {}

    /** The number by which a script's arguments name the hash of a kind. */
    static int number(Kind kind) {
        return STATE.indexOf(entries(kind)) + 1;
    }

    /** List where a large change waits for the script that makes it. */
    static String staged(String id) {
        return "trek:{control}:staged:" + id;
    }

    /** Hash of every entry of a kind: key to JSON. */
    public static String entries(Kind kind) {
        return switch (kind) {
            case FLAG -> "trek:{control}:flags";
            case SETTING -> "trek:{control}:settings";
            case CLIENT -> "trek:{control}:clients";
            case SCHEDULE -> "trek:{control}:schedules";
        };
    }

    /** The id of a revision's entry in {@link #CHANGES} and {@link #AUDIT}. */
    public static String streamId(long revision) {
        return revision + "-0";
    }
}
