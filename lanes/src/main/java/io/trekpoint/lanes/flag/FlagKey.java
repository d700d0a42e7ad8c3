package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.gpx.GpxType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A boolean flag that the product's own code asks for.
 *
 * @param key its key in the control state
 * @param enabledByDefault the answer while no definition gives one
 * @param description what it switches, for operators
 */
public record FlagKey(String key, boolean enabledByDefault, String description) {
    /** Whether the gateway serves whoever says nothing of who it is. */
    public static final FlagKey ANONYMOUS =
            new FlagKey(
                    "gateway.anonymous",
                    false,
                    "Requests without a key or token are served, each address as one client of the free tier");

    private static final Map<GpxType, FlagKey> OF_TYPES = ofTypes();
    private static final List<FlagKey> CATALOGUE =
            Stream.concat(OF_TYPES.values().stream(), Stream.of(ANONYMOUS)).toList();
    private static final Map<String, FlagKey> BY_KEY =
            CATALOGUE.stream().collect(Collectors.toUnmodifiableMap(FlagKey::key, flag -> flag));

    /** The kill switch of a job type: whether jobs of it are taken and done. */
    public static FlagKey of(GpxType type) {
        return Objects.requireNonNull(OF_TYPES.get(type));
    }

    private static Map<GpxType, FlagKey> ofTypes() {
        Map<GpxType, FlagKey> keys = new EnumMap<>(GpxType.class);
        for (GpxType type : GpxType.values()) {
            String description = "GPX " + type.label() + " jobs are accepted and done";
            keys.put(type, new FlagKey("gpx." + type.label(), true, description));
        }
        return keys;
    }

    /** The definition that says what the code default does, for a flag nobody has defined yet. */
    public FlagDefinition declared() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", "ENABLED");
        json.putObject("variants").put("on", true).put("off", false);
        json.put("defaultVariant", enabledByDefault ? "on" : "off");
        return FlagDefinition.parse(key, json);
    }

    /**
     * Checks a definition before it is stored: what the code asks for as a boolean has to answer
     * one, killed or not, and killing it has to switch it off.
     *
     * @throws InvalidFlagException for a definition of the catalogue's key that is not boolean, or
     *     that stays on when it is killed
     */
    public static void checkDefinition(FlagDefinition definition) {
        if (find(definition.key()).isEmpty()) {
            return;
        }
        if (definition.type() != FlagType.BOOLEAN) {
            throw new InvalidFlagException(
                    "definition.variants", "must be booleans: the code asks for this flag as one");
        }
        if (definition.killAnswer().filter(answer -> answer.asBoolean(false)).isPresent()) {
            throw new InvalidFlagException(
                    "definition.metadata." + FlagTraits.KILL_VARIANT,
                    "must name a variant that is false: killing this flag switches it off");
        }
    }

    /** The answer where no definition is known. */
    public FlagAnswer declaredAnswer() {
        return FlagAnswer.declared(enabledByDefault);
    }

    /**
     * The answer for any flag while no control state is known at all: what is declared for it, and
     * on where nothing is, because to keep the product available is the safer failure.
     */
    public static FlagAnswer answerWithoutState(String key) {
        return find(key).map(FlagKey::declaredAnswer).orElseGet(() -> FlagAnswer.declared(true));
    }

    /** The flag of that key; empty where the code asks for none. */
    public static Optional<FlagKey> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Every flag the code asks for. */
    public static List<FlagKey> catalogue() {
        return CATALOGUE;
    }
}
