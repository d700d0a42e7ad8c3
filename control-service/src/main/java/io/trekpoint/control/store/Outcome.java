package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a change did, or would do.
 *
 * @param revision of the control state after it; for a dry run and a change of nothing, the present
 *     one
 * @param before the entry's stored form; JSON null where it was not there
 * @param after the entry's stored form
 */
public record Outcome(long revision, JsonNode before, JsonNode after) {
    static Outcome nothing(long revision, JsonNode stored) {
        return new Outcome(revision, stored, stored);
    }
}
