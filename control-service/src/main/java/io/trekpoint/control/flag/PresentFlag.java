package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.UnreadableException;
import java.util.Optional;

/**
 * A flag as a change finds it. One whose stored form is broken is there all the same, so that it
 * can be changed; one that was deleted is not.
 *
 * @param key its key
 * @param lastGood the flag; where its stored form is broken, the last one that was not; empty where
 *     there is none
 * @param changedAt the revision at which it last changed; 0 where nothing was ever stored
 * @param exists whether it is stored and not deleted
 * @param killed whether it is killed, by its stored form or its last good one
 * @param readable whether the stored form is not broken
 */
record PresentFlag(
        String key,
        Optional<Flag> lastGood,
        long changedAt,
        boolean exists,
        boolean killed,
        boolean readable) {

    /** Judges a stored form, with what the mirror knows of the flag. */
    static PresentFlag of(String key, Optional<JsonNode> stored, Optional<Entry<Flag>> known) {
        if (stored.isEmpty() || EntryCodec.isDeleted(stored.get())) {
            long deletedAt = stored.map(form -> form.path("revision").asLong()).orElse(0L);
            return new PresentFlag(key, Optional.empty(), deletedAt, false, false, true);
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
                key, good.map(Entry::value), changedAt, true, killed, read.isPresent());
    }

    /** Reads a stored form; empty where it is broken or of a deleted flag. */
    static Optional<Entry<Flag>> read(String key, JsonNode form) {
        try {
            return form.isNull() || EntryCodec.isDeleted(form)
                    ? Optional.empty()
                    : Optional.of(EntryCodec.decodeFlag(key, form));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** Judges what a write was based on. */
    void check(Precondition precondition) {
        precondition.check(changedAt, exists, exists || FlagKey.find(key).isPresent());
    }
}
