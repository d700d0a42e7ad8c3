package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagAnswer.ErrorCode;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.flag.FlagType;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.setting.SettingValues;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Flags, settings and clients at one revision. Immutable: a request or a job takes it once and goes
 * by it to its end.
 *
 * @param head which state this is
 * @param flags every flag by its key
 * @param settings every stored setting by its key
 * @param clients every client by its id
 * @param schedules every change that waits for its time, or has failed at it, by its id
 * @param deleted what was taken out of use: absent from the maps above, and can be put back
 * @param flagSet what the flags have in common, by the keys of {@link FlagSetPart}
 * @param stale whether no source confirms it now, so that flags answer by their {@code
 *     trek.onUnavailable}
 */
public record ControlState(
        Head head,
        Map<String, Entry<Flag>> flags,
        Map<String, Entry<JsonNode>> settings,
        Map<String, Entry<Client>> clients,
        Map<String, Entry<JsonNode>> schedules,
        Map<EntryKey, Deleted> deleted,
        Map<String, Entry<JsonNode>> flagSet,
        boolean stale)
        implements SettingValues {
    /** Nothing is known: every answer is a declared default, and every client is unknown. */
    public static final ControlState UNKNOWN =
            new ControlState(
                    Head.NONE, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), false);

    /** Copies what it is given. */
    public ControlState {
        flags = Map.copyOf(flags);
        settings = Map.copyOf(settings);
        clients = Map.copyOf(clients);
        schedules = Map.copyOf(schedules);
        deleted = Map.copyOf(deleted);
        flagSet = Map.copyOf(flagSet);
    }

    /** The same state while no source confirms it. */
    public ControlState whileStale() {
        return stale
                ? this
                : new ControlState(
                        head, flags, settings, clients, schedules, deleted, flagSet, true);
    }

    /**
     * What a flag answers. While no state is known at all, what is declared for it, or else {@code
     * true}; of a known state, {@code FLAG_NOT_FOUND} for a flag that neither it nor the code has.
     */
    public FlagAnswer evaluate(String key, EvaluationContext context) {
        Entry<Flag> entry = flags.get(key);
        if (entry != null) {
            return stale ? entry.value().evaluateStale(context) : entry.value().evaluate(context);
        }
        if (head.known() && FlagKey.find(key).isEmpty()) {
            return FlagAnswer.error(ErrorCode.FLAG_NOT_FOUND, "there is no flag " + key);
        }
        return FlagKey.answerWithoutState(key);
    }

    /** What a flag of the code's own answers, as a boolean or not at all. */
    public FlagAnswer flag(FlagKey key, EvaluationContext context) {
        return evaluate(key.key(), context).expecting(FlagType.BOOLEAN);
    }

    /** Whether the flag is on for somebody, its code default included. */
    public boolean enabled(FlagKey key, EvaluationContext context) {
        return flag(key, context).asBoolean(key.enabledByDefault());
    }

    /** Whether the flag is on for somebody of whom nothing is known. */
    public boolean enabled(FlagKey key) {
        return enabled(key, EvaluationContext.EMPTY);
    }

    /** The shared rules that a flag's targeting may refer to. */
    public Evaluators evaluators() {
        return FlagSetPart.evaluators(flagSetValues());
    }

    /** What the flags have in common, without who changed it. */
    public Map<String, JsonNode> flagSetValues() {
        return flagSet.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().value()));
    }

    @Override
    public Optional<JsonNode> stored(String key) {
        return Optional.ofNullable(settings.get(key)).map(Entry::value);
    }

    /** The client of that id; empty where none is known. */
    public Optional<Client> client(String id) {
        return Optional.ofNullable(clients.get(id)).map(Entry::value);
    }

    /** The stored form of every entry of a kind, by its key, the deleted ones included. */
    public SortedMap<String, ObjectNode> stored(Kind kind) {
        NavigableMap<String, ObjectNode> forms = new TreeMap<>();
        forEachStored(kind, forms::put);
        return forms;
    }

    /** The same one after the other, so that no more than one has to be held. */
    void forEachStored(Kind kind, BiConsumer<String, ObjectNode> taker) {
        Map<String, Supplier<ObjectNode>> forms = new TreeMap<>();
        switch (kind) {
            case FLAG -> {
                flags.forEach((k, e) -> forms.put(k, () -> EntryCodec.encodeFlag(e)));
                flagSet.forEach((k, e) -> forms.put(k, () -> EntryCodec.encodeFlagSet(e)));
            }
            case SETTING ->
                    settings.forEach((k, e) -> forms.put(k, () -> EntryCodec.encodeSetting(e)));
            case CLIENT ->
                    clients.forEach((k, e) -> forms.put(k, () -> EntryCodec.encodeClient(e)));
            case SCHEDULE ->
                    schedules.forEach((k, e) -> forms.put(k, () -> EntryCodec.encodeSchedule(e)));
        }
        deleted.forEach((entry, gone) -> {
            if (entry.kind() == kind) {
                forms.put(entry.key(), gone::form);
            }
        });
        forms.forEach((key, form) -> taker.accept(key, form.get()));
    }

    /** How many entries it has, of every kind. */
    public int size() {
        return flags.size()
                + settings.size()
                + clients.size()
                + schedules.size()
                + deleted.size()
                + flagSet.size();
    }
}
