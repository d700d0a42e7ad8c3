package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.JsonNode;

/** How deep JSON is nested: each object or list is one level, a value in it is none. */
public final class Nesting {
    private Nesting() {}

    /** Whether JSON is nested deeper than so many levels. Looks no deeper than one further. */
    public static boolean exceeds(JsonNode json, int levels) {
        if (!json.isContainerNode()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (JsonNode child : json) {
            if (exceeds(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }
}
