package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.UnreadableException;
import io.trekpoint.lanes.setting.SettingCatalogue;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What can be done to a setting, alone or among other changes. */
@Singleton
public final class SettingSteps {
    private final Mirror mirror;

    SettingSteps(Mirror mirror) {
        this.mirror = mirror;
    }

    /**
     * Gives it a value.
     *
     * @throws io.trekpoint.lanes.setting.InvalidSettingException for the first rule the value
     *     breaks
     */
    public Step put(String key, JsonNode value, Precondition precondition) {
        setting(key).validate(value);
        return step(
                key,
                (stored, change) -> {
                    check(key, stored, precondition);
                    return Optional.of(encode(value, change));
                });
    }

    /** Puts back the value it had before it was deleted; one that is not is left alone. */
    public Step restore(String key) {
        setting(key);
        return step(
                key,
                (stored, change) ->
                        stored.filter(EntryCodec::isDeleted).map(form -> again(key, form, change)));
    }

    /** Takes its value away, so that everybody reads the code default, until it is restored. */
    public Step delete(String key, Precondition precondition) {
        setting(key);
        return step(
                key,
                (stored, change) -> {
                    check(key, stored, precondition);
                    return stored.filter(form -> !EntryCodec.isDeleted(form))
                            .map(form -> EntryCodec.encodeDeleted(form, change));
                });
    }

    /**
     * Puts back the value it had once.
     *
     * @param then its stored form of that time
     */
    public Step rollBack(String key, JsonNode then, Precondition precondition) {
        return step(
                key,
                (stored, change) -> {
                    check(key, stored, precondition);
                    return Optional.of(again(key, then, change));
                });
    }

    /**
     * The setting of that key.
     *
     * @throws ProblemException 404 where the code reads none
     */
    static SettingKey<?> setting(String key) {
        Optional<SettingKey<?>> setting = SettingCatalogue.find(key);
        if (setting.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no setting " + key + ".");
        }
        return setting.get();
    }

    /** Reads a stored form; empty where it is broken or of a deleted setting. */
    static Optional<Entry<JsonNode>> read(String key, JsonNode stored) {
        try {
            return stored.isNull() || EntryCodec.isDeleted(stored)
                    ? Optional.empty()
                    : Optional.of(EntryCodec.decodeSetting(key, stored));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** What stood once has to be valid today. */
    private static JsonNode again(String key, JsonNode form, LastChange change) {
        JsonNode value = form.path("value");
        setting(key).validate(value);
        return encode(value, change);
    }

    private void check(String key, Optional<JsonNode> stored, Precondition precondition) {
        boolean exists = stored.filter(form -> !EntryCodec.isDeleted(form)).isPresent();
        precondition.check(stored.map(form -> changedAt(key, form)).orElse(0L), exists, true);
    }

    /** One that is broken is there all the same: it last changed when its last good value did. */
    private long changedAt(String key, JsonNode stored) {
        return EntryCodec.isDeleted(stored)
                ? stored.path("revision").asLong()
                : read(key, stored)
                        .or(() -> Optional.ofNullable(mirror.current().state().settings().get(key)))
                        .map(entry -> entry.lastChange().revision())
                        .orElse(stored.path("revision").asLong());
    }

    private static Step step(String key, Edit edit) {
        return new Step(new EntryKey(Kind.SETTING, key), edit);
    }

    private static JsonNode encode(JsonNode value, LastChange change) {
        return EntryCodec.encodeSetting(new Entry<>(value, change));
    }
}
