package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.setting.SettingKey;
import io.trekpoint.lanes.setting.SettingRule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A setting.
 *
 * @param key its key
 * @param value as it is stored: a scalar, or {@code {default?, tiers?}} or {@code {default?,
 *     types?}} by its scope; absent where nobody has stored one
 * @param effective what is read for each tier, or each type of job
 * @param defaults the code default of each of them
 * @param type of a scalar: {@code integer} or {@code duration}
 * @param scope {@code tier} where each tier may have its own, {@code type} where each type of job
 *     may, {@code global} where neither
 * @param unit what it counts
 * @param rule what a scalar must be
 * @param beside what it must be beside other settings
 * @param owner the service that answers for it
 * @param description what it governs
 * @param revision at which it last changed; 0 where nobody has stored it
 * @param author who changed it last
 * @param reason why
 * @param changedAt when
 */
public record SettingView(
        String key,
        @Nullable JsonNode value,
        Map<String, JsonNode> effective,
        Map<String, JsonNode> defaults,
        String type,
        String scope,
        String unit,
        String rule,
        List<String> beside,
        String owner,
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
                bySubject(key, value),
                bySubject(key, null),
                key.type(),
                key.scope(),
                key.unit(),
                key.rule(),
                SettingRule.of(key).stream().map(SettingRule::text).toList(),
                key.owner(),
                key.description(),
                change == null ? 0 : change.revision(),
                change == null ? null : change.actor(),
                change == null ? null : change.reason(),
                change == null ? null : change.at());
    }

    private static Map<String, JsonNode> bySubject(SettingKey<?> key, @Nullable JsonNode value) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String subject : key.subjects()) {
            values.put(subject, key.show(value, subject));
        }
        return values;
    }
}
