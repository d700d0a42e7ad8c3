package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagAnswer.ErrorCode;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.flag.FlagType;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.setting.SettingKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Flags, settings and clients at one revision. Immutable: a request or a job takes it once and goes
 * by it to its end.
 *
 * @param head which state this is
 * @param flags every flag by its key
 * @param settings every stored setting by its key
 * @param clients every client by its id
 * @param flagSet what the flags have in common, by the keys of {@link FlagSetPart}
 * @param stale whether no source confirms it now, so that flags answer by their {@code
 *     trek.onUnavailable}
 */
public record ControlState(
        Head head,
        Map<String, Entry<Flag>> flags,
        Map<String, Entry<JsonNode>> settings,
        Map<String, Entry<Client>> clients,
        Map<String, Entry<JsonNode>> flagSet,
        boolean stale) {
    /** Nothing is known: every answer is a declared default, and every client is unknown. */
    public static final ControlState UNKNOWN =
            new ControlState(Head.NONE, Map.of(), Map.of(), Map.of(), Map.of(), false);

    /** Copies what it is given. */
    public ControlState {
        flags = Map.copyOf(flags);
        settings = Map.copyOf(settings);
        clients = Map.copyOf(clients);
        flagSet = Map.copyOf(flagSet);
    }

    /** The same state while no source confirms it. */
    public ControlState whileStale() {
        return stale ? this : new ControlState(head, flags, settings, clients, flagSet, true);
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

    /** The setting's value for a tier, its code default included. */
    public <T> T setting(SettingKey<T> key, Tier tier) {
        Entry<JsonNode> entry = settings.get(key.key());
        return key.read(entry == null ? null : entry.value(), tier);
    }

    /** The client of that id; empty where none is known. */
    public Optional<Client> client(String id) {
        return Optional.ofNullable(clients.get(id)).map(Entry::value);
    }

    /** How many entries it has, of every kind. */
    public int size() {
        return flags.size() + settings.size() + clients.size() + flagSet.size();
    }
}
