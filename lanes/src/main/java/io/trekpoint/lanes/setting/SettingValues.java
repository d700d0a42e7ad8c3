package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import java.util.Optional;

/** Settings as they stand at one moment. Reading is total: every setting has a value. */
@FunctionalInterface
public interface SettingValues {
    /** The stored value of that key; empty where none is stored. */
    Optional<JsonNode> stored(String key);

    /** The value for a tier, the code default included. */
    default <T> T get(SettingKey<T> key, Tier tier) {
        return key.read(stored(key.key()).orElse(null), tier);
    }

    /** The value for everybody, the code default included. */
    default <T> T get(SettingKey.Global<T> key) {
        return get(key, Tier.FREE);
    }

    /** The same with another value of one setting. */
    default SettingValues with(SettingKey<?> key, JsonNode value) {
        return other -> other.equals(key.key()) ? Optional.of(value) : stored(other);
    }
}
