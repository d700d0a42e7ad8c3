package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.LastChange;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flag.
 *
 * @param key its key
 * @param definition in the flagd format
 * @param killed whether the kill answer stands in front of the definition
 * @param answer what it answers now
 * @param codeDefault what the code takes where the answer has no value; absent for a flag that the
 *     product's own code does not ask for
 * @param description what it switches; absent likewise
 * @param revision at which it last changed; 0 where nobody has stored it
 * @param author who changed it last
 * @param reason why
 * @param changedAt when
 * @param lastEvaluatedAt absent where nobody was seen to evaluate it, and where nobody can tell
 *     just now
 */
public record FlagView(
        String key,
        ObjectNode definition,
        boolean killed,
        Answer answer,
        @Nullable Boolean codeDefault,
        @Nullable String description,
        long revision,
        @Nullable String author,
        @Nullable String reason,
        @Nullable Instant changedAt,
        @Nullable Instant lastEvaluatedAt) {

    /**
     * What a flag answers to somebody of whom nothing is known.
     *
     * @param value absent means the code default
     * @param variant the value's variant
     * @param reason {@code STATIC}, {@code TARGETING_MATCH}, {@code DEFAULT}, {@code DISABLED} or
     *     {@code ERROR}
     * @param error what went wrong; absent where nothing did
     */
    public record Answer(
            @Nullable JsonNode value,
            @Nullable String variant,
            String reason,
            @Nullable String error) {
        static Answer of(FlagAnswer answer) {
            return new Answer(
                    answer.value(),
                    answer.variant(),
                    answer.reason().name(),
                    answer.errorDetails());
        }
    }

    /** The same with when it was last evaluated. */
    FlagView evaluatedAt(@Nullable Instant at) {
        return new FlagView(
                key,
                definition,
                killed,
                answer,
                codeDefault,
                description,
                revision,
                author,
                reason,
                changedAt,
                at);
    }

    static FlagView of(Entry<Flag> entry) {
        LastChange change = entry.lastChange();
        return of(entry.value(), change.revision(), change.actor(), change.reason(), change.at());
    }

    static FlagView declared(FlagKey key) {
        return of(Flag.of(key.declared()), 0, null, null, null);
    }

    /** What stands once its definition was deleted. */
    static FlagView declared(FlagKey key, LastChange deletion) {
        return of(
                Flag.of(key.declared()),
                deletion.revision(),
                deletion.actor(),
                deletion.reason(),
                deletion.at());
    }

    private static FlagView of(
            Flag flag,
            long revision,
            @Nullable String author,
            @Nullable String reason,
            @Nullable Instant changedAt) {
        String key = flag.definition().key();
        Optional<FlagKey> declared = FlagKey.find(key);
        return new FlagView(
                key,
                flag.definition().json(),
                flag.killed(),
                Answer.of(flag.answer()),
                declared.map(FlagKey::enabledByDefault).orElse(null),
                declared.map(FlagKey::description).orElse(null),
                revision,
                author,
                reason,
                changedAt,
                null);
    }
}
