package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.rule.Nesting;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** How large and how deep the stored form of an entry may be. */
public final class EntryBounds {
    /** The largest stored form, in bytes of UTF-8: a larger one no service reads. */
    public static final int LARGEST_BYTES = 256 * 1024;

    /**
     * The largest content of one, in bytes of UTF-8. What is left is for what changes while the
     * content stays: an entry can always be killed, deleted and restored, for whatever reason.
     */
    public static final int LARGEST_CONTENT_BYTES = LARGEST_BYTES - 4 * 1024;

    /**
     * The deepest stored form, in levels. Readers of JSON end at a thousand, and everything that
     * shows a form, the audit before all, wraps it in some levels of its own.
     */
    public static final int DEEPEST = 256;

    private static final Set<String> NO_CONTENT =
            Set.of("killed", "deleted", "revision", "actor", "reason", "at");

    private EntryBounds() {}

    /** How large the content of a form is, in bytes of UTF-8; 0 where it is no object. */
    public static int contentBytes(JsonNode form) {
        int bytes = 0;
        for (Map.Entry<String, JsonNode> field : form.properties()) {
            if (!NO_CONTENT.contains(field.getKey())) {
                bytes += bytes(field.getKey()) + bytes(field.getValue().toString());
            }
        }
        return bytes;
    }

    /** Whether a form is deeper than it may be. */
    public static boolean tooDeep(JsonNode form) {
        return Nesting.exceeds(form, DEEPEST);
    }

    static boolean fits(JsonNode form) {
        return !tooDeep(form) && bytes(form.toString()) <= LARGEST_BYTES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
