package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an entry came to be what it is.
 *
 * @param key its key
 * @param changes newest first
 * @param next the {@code cursor} of the page after this one; absent where there is none
 * @param complete false where older changes lie on no volume of this replica and not in Redis
 */
public record EntryHistory(
        String key, List<Version> changes, @Nullable Long next, boolean complete) {
    /**
     * One change of the entry.
     *
     * @param revision the revision it made
     * @param at when
     * @param action such as {@code put}
     * @param actor the id of the client that made it
     * @param reason why
     * @param requestId the request
     * @param before its stored form; JSON null where it was not there
     * @param after its stored form; JSON null where it was removed
     * @param differences where the two differ
     */
    public record Version(
            long revision,
            String at,
            String action,
            String actor,
            String reason,
            String requestId,
            JsonNode before,
            JsonNode after,
            List<Difference> differences) {}
}
