package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.setting.SettingKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting.
 *
 * @param key its key
 * @param value as it is stored: a scalar, or {@code {default?, tiers?}}; absent where nobody has
 *     stored one
 * @param effective what each tier reads
 * @param defaults the code default of each tier
 * @param type of a scalar, such as {@code integer}
 * @param unit what it counts
 * @param rule what a scalar must be
 * @param description what it governs
 * @param revision at which it last changed; 0 where nobody has stored it
 * @param author who changed it last
 * @param reason why
 * @param changedAt when
 */
public record SettingView(
        String key,
        @Nullable JsonNode value,
        Map<String, Object> effective,
        Map<String, Object> defaults,
        String type,
        String unit,
        String rule,
        String description,
        long revision,
        @Nullable String author,
        @Nullable String reason,
        @Nullable Instant changedAt) {

    static SettingView of(SettingKey<?> key, @Nullable Entry<JsonNode> entry) {
        return entry == null ? of(key, null, null) : of(key, entry.value(), entry.lastChange());
    }

    /** What stands once its value was deleted. */
    static SettingView unset(SettingKey<?> key, LastChange deletion) {
        return of(key, null, deletion);
    }

    private static SettingView of(
            SettingKey<?> key, @Nullable JsonNode value, @Nullable LastChange change) {
        return new SettingView(
                key.key(),
                value,
                byTier(tier -> key.read(value, tier)),
                byTier(key::defaultFor),
                key.type(),
                key.unit(),
                key.rule(),
                key.description(),
                change == null ? 0 : change.revision(),
                change == null ? null : change.actor(),
                change == null ? null : change.reason(),
                change == null ? null : change.at());
    }

    private static Map<String, Object> byTier(Function<Tier, Object> read) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Tier tier : Tier.values()) {
            values.put(tier.label(), read.apply(tier));
        }
        return values;
    }
}
