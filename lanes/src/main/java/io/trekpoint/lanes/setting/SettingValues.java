package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.gpx.GpxType;
import java.util.Optional;

/** Settings as they stand at one moment. Reading is total: every setting has a value. */
@FunctionalInterface
public interface SettingValues {
    /** The stored value of that key; empty where none is stored. */
    Optional<JsonNode> stored(String key);

    /** The value for a tier, the code default included. */
    default <T> T get(SettingKey.PerTier<T> key, Tier tier) {
        return key.read(stored(key.key()).orElse(null), tier.label());
    }

    /** The value for a type of job, the code default included. */
    default <T> T get(SettingKey.PerType<T> key, GpxType type) {
        return key.read(stored(key.key()).orElse(null), type.label());
    }

    /** The value for everybody, the code default included. */
    default <T> T get(SettingKey.Global<T> key) {
        return key.read(stored(key.key()).orElse(null));
    }

    /** The same with another value of one setting. */
    default SettingValues with(SettingKey<?> key, JsonNode value) {
        return other -> other.equals(key.key()) ? Optional.of(value) : stored(other);
    }
}
