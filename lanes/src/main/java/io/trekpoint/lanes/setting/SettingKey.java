package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A setting that the code reads: its type, unit, bounds and code defaults. A stored value is one
 * scalar for every tier, or {@code {default?, tiers?: {free?, pro?, partner?}}}; a tier that it
 * says nothing of has the code default. Immutable.
 *
 * @param <T> the type of its values
 */
public final class SettingKey<T> {
    /** How many exports a client may start in a calendar month. */
    public static final SettingKey<Integer> GPX_EXPORT_MONTHLY_QUOTA =
            new SettingKey<>(
                    "gpx.export.monthly-quota",
                    SettingType.wholeNumber(0, 1_000_000),
                    "exports per month",
                    "How many GPX exports a client may start in a calendar month (UTC)",
                    Map.of(Tier.FREE, 10, Tier.PRO, 500, Tier.PARTNER, 10_000));

    /** The largest upload as sent. */
    public static final SettingKey<Integer> GPX_MAX_UPLOAD_BYTES =
            new SettingKey<>(
                    "gpx.max-upload-bytes",
                    SettingType.wholeNumber(1, 64 << 20),
                    "bytes",
                    "The largest upload as sent; a process may be configured to take less",
                    same(50 << 20));

    /** The largest input inflated. */
    public static final SettingKey<Integer> GPX_MAX_INFLATED_BYTES =
            new SettingKey<>(
                    "gpx.max-inflated-bytes",
                    SettingType.wholeNumber(1, 64 << 20),
                    "bytes",
                    "The largest input inflated, all inputs of a job together",
                    same(50 << 20));

    /** The most points of a job's inputs. */
    public static final SettingKey<Integer> GPX_MAX_POINTS =
            new SettingKey<>(
                    "gpx.max-points",
                    SettingType.wholeNumber(1, 1_500_000),
                    "points",
                    "The most waypoints, route points and track points of a job's inputs together",
                    same(1_500_000));

    /** How long an attempt may compute. */
    public static final SettingKey<Integer> GPX_MAX_SECONDS =
            new SettingKey<>(
                    "gpx.max-seconds",
                    SettingType.wholeNumber(1, 600),
                    "seconds",
                    "How long one attempt of a GPX job may compute",
                    same(60));

    private static final List<SettingKey<?>> CATALOGUE =
            List.of(
                    GPX_EXPORT_MONTHLY_QUOTA,
                    GPX_MAX_UPLOAD_BYTES,
                    GPX_MAX_INFLATED_BYTES,
                    GPX_MAX_POINTS,
                    GPX_MAX_SECONDS);
    private static final Set<String> FIELDS = Set.of("default", "tiers");

    private final String key;
    private final SettingType<T> type;
    private final String unit;
    private final String description;
    private final Map<Tier, T> defaults;

    private SettingKey(
            String key,
            SettingType<T> type,
            String unit,
            String description,
            Map<Tier, T> defaults) {
        this.key = key;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.defaults = new EnumMap<>(defaults);
    }

    private static Map<Tier, Integer> same(int value) {
        return Map.of(Tier.FREE, value, Tier.PRO, value, Tier.PARTNER, value);
    }

    /** Every setting the code reads. */
    public static List<SettingKey<?>> catalogue() {
        return CATALOGUE;
    }

    /** The setting of that key; empty where the code reads none. */
    public static Optional<SettingKey<?>> find(String key) {
        return CATALOGUE.stream().filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** Its key in the control state. */
    public String key() {
        return key;
    }

    /** The type of its scalars, such as {@code integer}. */
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

    /** What it governs, for operators. */
    public String description() {
        return description;
    }

    /** The value for a tier while nothing else is stored. */
    public T defaultFor(Tier tier) {
        T value = defaults.get(tier);
        if (value == null) {
            throw new IllegalStateException(key + " declares no default for " + tier.label());
        }
        return value;
    }

    /**
     * Validates a value before it is stored.
     *
     * @throws InvalidSettingException for the first rule it breaks
     */
    public void validate(JsonNode value) {
        if (!value.isObject()) {
            checkScalar("value", value);
            return;
        }
        if (value.isEmpty()) {
            throw new InvalidSettingException("value", "must give a default or tiers");
        }
        refuseOthers("value", value, FIELDS);
        if (value.has("default")) {
            checkScalar("value.default", value.get("default"));
        }
        if (value.has("tiers")) {
            checkTiers(value.get("tiers"));
        }
    }

    /**
     * The value for a tier. Total: what is missing or breaks a rule is read as the code default.
     *
     * @param stored a stored value; null where there is none
     */
    public T read(@Nullable JsonNode stored, Tier tier) {
        return scalarFor(stored, tier).flatMap(type.reader()).orElseGet(() -> defaultFor(tier));
    }

    private static Optional<JsonNode> scalarFor(@Nullable JsonNode stored, Tier tier) {
        if (stored == null || !stored.isObject()) {
            return Optional.ofNullable(stored);
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

    private void checkScalar(String field, JsonNode scalar) {
        if (type.reader().apply(scalar).isEmpty()) {
            throw new InvalidSettingException(field, type.rule());
        }
    }

    private static void refuseOthers(String field, JsonNode object, Set<String> known) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!known.contains(entry.getKey())) {
                throw new InvalidSettingException(
                        field + "." + entry.getKey(), "is not a field of a setting's value");
            }
        }
    }
}
