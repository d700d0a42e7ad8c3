package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A setting that the code reads: its type, unit, bounds, code default and who answers for it.
 * Immutable.
 *
 * @param <T> the type of its values
 */
public abstract sealed class SettingKey<T> {
    private final String key;
    private final SettingType<T> type;
    private final String unit;
    private final String owner;
    private final String description;

    private SettingKey(About about, SettingType<T> type) {
        this.key = about.key;
        this.type = type;
        this.unit = about.unit;
        this.owner = about.owner;
        this.description = about.description;
    }

    /**
     * What people are told of a setting.
     *
     * @param key its key
     * @param unit what it counts
     * @param owner the service that answers for it
     * @param description what it governs
     */
    record About(String key, String unit, String owner, String description) {}

    /**
     * A setting with a value for each tier. A stored value is one scalar for every tier, or {@code
     * {default?, tiers?: {free?, pro?, partner?}}}; a tier that it says nothing of has the code
     * default.
     *
     * @param <T> the type of its values
     */
    public static final class PerTier<T> extends SettingKey<T> {
        private static final Set<String> FIELDS = Set.of("default", "tiers");

        private final Map<Tier, T> defaults;

        PerTier(About about, SettingType<T> type, T free, T pro, T partner) {
            super(about, type);
            this.defaults =
                    new EnumMap<>(Map.of(Tier.FREE, free, Tier.PRO, pro, Tier.PARTNER, partner));
        }

        PerTier(About about, SettingType<T> type, T same) {
            this(about, type, same, same, same);
        }

        @Override
        public String scope() {
            return "tier";
        }

        @Override
        public T defaultFor(Tier tier) {
            T value = defaults.get(tier);
            if (value == null) {
                throw new IllegalStateException(key() + " has no default for " + tier.label());
            }
            return value;
        }

        @Override
        public void validate(JsonNode value) {
            if (!value.isObject()) {
                checkScalar("value", value);
                return;
            }
            if (value.isEmpty()) {
                throw new InvalidSettingException("value", "must give a default or tiers");
            }
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                if (!FIELDS.contains(entry.getKey())) {
                    throw new InvalidSettingException(
                            "value." + entry.getKey(), "is not a field of a setting's value");
                }
            }
            if (value.has("default")) {
                checkScalar("value.default", value.get("default"));
            }
            if (value.has("tiers")) {
                checkTiers(value.get("tiers"));
            }
        }

        @Override
        Optional<JsonNode> scalar(JsonNode stored, Tier tier) {
            if (!stored.isObject()) {
                return Optional.of(stored);
            }
            return Optional.ofNullable(stored.path("tiers").get(tier.label()))
                    .or(() -> Optional.ofNullable(stored.get("default")));
        }

        private void checkTiers(JsonNode tiers) {
            if (!tiers.isObject() || tiers.isEmpty()) {
                throw new InvalidSettingException("value.tiers", "must name at least one tier");
            }
            for (Map.Entry<String, JsonNode> entry : tiers.properties()) {
                String field = "value.tiers." + entry.getKey();
                if (Tier.ofLabel(entry.getKey()).isEmpty()) {
                    throw new InvalidSettingException(field, "is not a tier: free, pro or partner");
                }
                checkScalar(field, entry.getValue());
            }
        }
    }

    /**
     * A setting with one value for everybody, stored as a scalar.
     *
     * @param <T> the type of its values
     */
    public static final class Global<T> extends SettingKey<T> {
        private final T codeDefault;

        Global(About about, SettingType<T> type, T codeDefault) {
            super(about, type);
            this.codeDefault = codeDefault;
        }

        @Override
        public String scope() {
            return "global";
        }

        @Override
        public T defaultFor(Tier tier) {
            return codeDefault;
        }

        @Override
        public void validate(JsonNode value) {
            if (value.isObject()) {
                throw new InvalidSettingException(
                        "value", "must be one value: this setting is the same for every tier");
            }
            checkScalar("value", value);
        }

        @Override
        Optional<JsonNode> scalar(JsonNode stored, Tier tier) {
            return Optional.of(stored);
        }
    }

    /** Its key in the control state. */
    public String key() {
        return key;
    }

    /**
     * The type of its scalars: {@code integer}, {@code duration}, {@code text} or {@code choice}.
     */
    public String type() {
        return type.label();
    }

    /** What a scalar must be, in words, bounds included. */
    public String rule() {
        return type.rule();
    }

    /** What it counts. */
    public String unit() {
        return unit;
    }

    /** The service that answers for it. */
    public String owner() {
        return owner;
    }

    /** What it governs, for operators. */
    public String description() {
        return description;
    }

    /** {@code tier} for one with a value for each tier, {@code global} for any other. */
    public abstract String scope();

    /** The value for a tier while nothing else is stored. */
    public abstract T defaultFor(Tier tier);

    /**
     * Validates a value by itself before it is stored; {@link SettingRule} has what it must be
     * beside others.
     *
     * @throws InvalidSettingException for the first rule it breaks
     */
    public abstract void validate(JsonNode value);

    /**
     * The value for a tier. Total: what is missing or breaks a rule is read as the code default.
     *
     * @param stored a stored value; null where there is none
     */
    public T read(@Nullable JsonNode stored, Tier tier) {
        return Optional.ofNullable(stored)
                .flatMap(value -> scalar(value, tier))
                .flatMap(type.reader())
                .orElseGet(() -> defaultFor(tier));
    }

    /** {@link #read} in the form in which it is stored. */
    public JsonNode show(@Nullable JsonNode stored, Tier tier) {
        return type.writer().apply(read(stored, tier));
    }

    /** The scalar that a stored value has for a tier; empty where it says nothing of it. */
    abstract Optional<JsonNode> scalar(JsonNode stored, Tier tier);

    void checkScalar(String field, JsonNode scalar) {
        if (type.reader().apply(scalar).isEmpty()) {
            throw new InvalidSettingException(field, type.rule());
        }
    }

    @Override
    public String toString() {
        return key;
    }
}
