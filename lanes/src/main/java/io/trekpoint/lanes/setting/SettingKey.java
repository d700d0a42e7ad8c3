package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.gpx.GpxType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
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
     * A setting with a value for each of several subjects. A stored value is one scalar for all of
     * them, or {@code {default?, <field>?: {<subject>?: …}}}; a subject that it says nothing of has
     * the code default.
     *
     * @param <T> the type of its values
     */
    abstract static sealed class Split<T> extends SettingKey<T> {
        private final String subject;
        private final String field;
        private final Map<String, T> defaults;

        private Split(About about, SettingType<T> type, String subject, Map<String, T> defaults) {
            super(about, type);
            this.subject = subject;
            this.field = subject + "s";
            this.defaults = defaults;
        }

        @Override
        public String scope() {
            return subject;
        }

        @Override
        public List<String> subjects() {
            return List.copyOf(defaults.keySet());
        }

        @Override
        T defaultFor(String subject) {
            T value = defaults.get(subject);
            if (value == null) {
                throw new IllegalArgumentException(key() + " has no default for " + subject);
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
                throw new InvalidSettingException("value", "must give a default or " + field);
            }
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                if (!Set.of("default", field).contains(entry.getKey())) {
                    throw new InvalidSettingException(
                            "value." + entry.getKey(), "is not a field of a setting's value");
                }
            }
            if (value.has("default")) {
                checkScalar("value.default", value.get("default"));
            }
            if (value.has(field)) {
                checkSubjects("value." + field, value.get(field));
            }
        }

        @Override
        Optional<JsonNode> scalar(JsonNode stored, String subject) {
            if (!stored.isObject()) {
                return Optional.of(stored);
            }
            return Optional.ofNullable(stored.path(field).get(subject))
                    .or(() -> Optional.ofNullable(stored.get("default")));
        }

        private void checkSubjects(String path, JsonNode values) {
            if (!values.isObject() || values.isEmpty()) {
                throw new InvalidSettingException(path, "must name at least one " + subject);
            }
            for (Map.Entry<String, JsonNode> entry : values.properties()) {
                String at = path + "." + entry.getKey();
                if (!defaults.containsKey(entry.getKey())) {
                    throw new InvalidSettingException(
                            at, "is not a " + subject + ": " + String.join(", ", subjects()));
                }
                checkScalar(at, entry.getValue());
            }
        }
    }

    /**
     * A setting with a value for each tier, stored as one scalar or as {@code {default?, tiers?:
     * {free?, pro?, partner?}}}.
     *
     * @param <T> the type of its values
     */
    public static final class PerTier<T> extends Split<T> {
        PerTier(About about, SettingType<T> type, T free, T pro, T partner) {
            super(
                    about,
                    type,
                    "tier",
                    byLabel(
                            Tier.values(),
                            Tier::label,
                            tier ->
                                    switch (tier) {
                                        case FREE -> free;
                                        case PRO -> pro;
                                        case PARTNER -> partner;
                                    }));
        }

        PerTier(About about, SettingType<T> type, T same) {
            this(about, type, same, same, same);
        }
    }

    /**
     * A setting with a value for each type of job, stored as one scalar or as {@code {default?,
     * types?: {import?, stats?, …}}}.
     *
     * @param <T> the type of its values
     */
    public static final class PerType<T> extends Split<T> {
        PerType(About about, SettingType<T> type, T same) {
            super(about, type, "type", byLabel(GpxType.values(), GpxType::label, _ -> same));
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
        public List<String> subjects() {
            return Stream.of(Tier.values()).map(Tier::label).toList();
        }

        @Override
        T defaultFor(String subject) {
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

        /** The value for everybody; see {@link #read(JsonNode, String)}. */
        public T read(@Nullable JsonNode stored) {
            return read(stored, "");
        }

        @Override
        Optional<JsonNode> scalar(JsonNode stored, String subject) {
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

    /**
     * {@code tier} for one with a value for each tier, {@code type} for one with a value for each
     * type of job, {@code global} for any other.
     */
    public abstract String scope();

    /** For whom or what it is read: tiers, or types of jobs. */
    public abstract List<String> subjects();

    /**
     * Validates a value by itself before it is stored; {@link SettingRule} has what it must be
     * beside others.
     *
     * @throws InvalidSettingException for the first rule it breaks
     */
    public abstract void validate(JsonNode value);

    /**
     * The value for a subject. Total: what is missing or breaks a rule is read as the code default.
     *
     * @param stored a stored value; null where there is none
     * @param subject one of {@link #subjects}
     */
    public T read(@Nullable JsonNode stored, String subject) {
        return Optional.ofNullable(stored)
                .flatMap(value -> scalar(value, subject))
                .flatMap(type.reader())
                .orElseGet(() -> defaultFor(subject));
    }

    /** {@link #read} in the form in which it is stored. */
    public JsonNode show(@Nullable JsonNode stored, String subject) {
        return type.writer().apply(read(stored, subject));
    }

    /** The value for a subject while nothing else is stored. */
    abstract T defaultFor(String subject);

    /** The scalar that a stored value has for a subject; empty where it says nothing of it. */
    abstract Optional<JsonNode> scalar(JsonNode stored, String subject);

    void checkScalar(String field, JsonNode scalar) {
        if (type.reader().apply(scalar).isEmpty()) {
            throw new InvalidSettingException(field, type.rule());
        }
    }

    /** In the order of the constants. */
    private static <E, T> Map<String, T> byLabel(
            E[] subjects, Function<E, String> label, Function<E, T> value) {
        Map<String, T> values = new LinkedHashMap<>();
        for (E subject : subjects) {
            values.put(label.apply(subject), value.apply(subject));
        }
        return Collections.unmodifiableMap(values);
    }

    @Override
    public String toString() {
        return key;
    }
}
