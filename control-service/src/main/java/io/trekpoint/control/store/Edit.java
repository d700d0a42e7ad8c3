package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.mirror.LastChange;
import java.util.Optional;

/**
 * Computes an entry's next stored form. Runs again when another change came between, so it decides
 * by what it is given alone.
 */
@FunctionalInterface
public interface Edit {
    /**
     * The next form.
     *
     * @param stored the present form; empty where there is no such entry
     * @param change what the entry will say of this change
     * @return empty where nothing is to be done
     */
    Optional<JsonNode> next(Optional<JsonNode> stored, LastChange change);
}
