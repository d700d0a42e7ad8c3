package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Stored entries with the head they belong to.
 *
 * @param head the head; {@link Head#NONE} where there is no data set
 * @param at when it was read, by the clock of Redis, to the second
 * @param stored the stored form of those that were asked for and exist, as a JSON string where it
 *     is not JSON
 */
public record Standing(Head head, Instant at, Map<EntryKey, JsonNode> stored) {
    /** Copies what it is given. */
    public Standing {
        stored = Map.copyOf(stored);
    }

    /** The stored form of an entry; empty where there is no such entry. */
    public Optional<JsonNode> stored(EntryKey entry) {
        return Optional.ofNullable(stored.get(entry));
    }
}
