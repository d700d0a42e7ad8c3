package io.trekpoint.lanes.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.guard.ConcernModes.Standing;
import io.trekpoint.lanes.guard.Mode;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an instance says of itself.
 *
 * @param identity which process
 * @param revision the control state it goes by; 0 for none
 * @param source where it has that from
 * @param ageSeconds since that source last confirmed it
 * @param alarm why an operator should look; null while all is well
 * @param modes what each of its concerns is doing, by the concern's label
 */
public record Beat(
        Identity identity,
        long revision,
        String source,
        long ageSeconds,
        @Nullable String alarm,
        SequencedMap<String, Standing> modes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Its form in Redis: names and values of one hash. */
    Map<String, String> fields() {
        ObjectNode standings = JsonNodeFactory.instance.objectNode();
        modes.forEach((concern, standing) ->
                standings
                        .putObject(concern)
                        .put("mode", standing.mode().label())
                        .put("since", standing.since().toString()));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service", identity.service());
        fields.put("version", identity.version());
        fields.put("url", identity.url().toString());
        fields.put("started", identity.startedAt().toString());
        fields.put("revision", String.valueOf(revision));
        fields.put("source", source);
        fields.put("age", String.valueOf(ageSeconds));
        fields.put("alarm", Objects.requireNonNullElse(alarm, ""));
        fields.put("modes", standings.toString());
        return fields;
    }

    /**
     * Reads {@link #fields}.
     *
     * @throws IllegalArgumentException when they are of another form
     */
    static Beat of(String id, Map<String, String> fields) {
        try {
            SequencedMap<String, Standing> modes = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each :
                    JSON.readTree(required(fields, "modes")).properties()) {
                Mode mode = Mode.ofLabel(each.getValue().path("mode").asText()).orElseThrow();
                Instant since = Instant.parse(each.getValue().path("since").asText());
                modes.put(each.getKey(), new Standing(mode, since));
            }
            String alarm = required(fields, "alarm");
            return new Beat(
                    new Identity(
                            id,
                            required(fields, "service"),
                            required(fields, "version"),
                            URI.create(required(fields, "url")),
                            Instant.parse(required(fields, "started"))),
                    Long.parseLong(required(fields, "revision")),
                    required(fields, "source"),
                    Long.parseLong(required(fields, "age")),
                    alarm.isEmpty() ? null : alarm,
                    modes);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("instance " + id + " is unreadable", e);
        }
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
