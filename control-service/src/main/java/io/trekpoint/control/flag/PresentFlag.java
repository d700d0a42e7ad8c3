package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.UnreadableException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A flag as a change finds it. One whose stored form is broken is there all the same, so that it
 * can be changed.
 *
 * @param lastGood the flag; where its stored form is broken, the last one that was not; empty where
 *     there is none
 * @param changedAt the revision at which {@code lastGood} last changed, or else the stored form
 *     says; empty where nothing is stored
 * @param killed whether it is killed, by its stored form or its last good one
 * @param readable whether the stored form is not broken
 */
record PresentFlag(
        Optional<Flag> lastGood, OptionalLong changedAt, boolean killed, boolean readable) {

    /** Judges a stored form, with what the mirror knows of the flag. */
    static PresentFlag of(String key, Optional<JsonNode> stored, Optional<Entry<Flag>> known) {
        if (stored.isEmpty()) {
            return new PresentFlag(Optional.empty(), OptionalLong.empty(), false, true);
        }
        JsonNode form = stored.get();
        Optional<Entry<Flag>> read = read(key, form);
        Optional<Entry<Flag>> good = read.or(() -> known);
        long changedAt =
                good.map(entry -> entry.lastChange().revision())
                        .orElse(form.path("revision").asLong());
        boolean killed =
                form.path("killed").asBoolean(false)
                        || good.map(entry -> entry.value().killed()).orElse(false);
        return new PresentFlag(
                good.map(Entry::value), OptionalLong.of(changedAt), killed, read.isPresent());
    }

    /** Reads a stored form; empty where it is broken. */
    static Optional<Entry<Flag>> read(String key, JsonNode form) {
        try {
            return Optional.of(EntryCodec.decodeFlag(key, form));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }
}
