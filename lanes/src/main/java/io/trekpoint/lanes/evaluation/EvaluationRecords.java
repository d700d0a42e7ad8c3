package io.trekpoint.lanes.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is gathered of evaluations, for whoever reads it. Calls block. Thread-safe. */
public final class EvaluationRecords {
    private static final int PART = 500;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Lane lane;

    /** Reads over the control lane. */
    public EvaluationRecords(Lane lane) {
        this.lane = lane;
    }

    /**
     * How one flag is used; empty where nobody was seen to evaluate it.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public Optional<FlagUse> find(String flag) {
        Response reply =
                lane.send(
                        Request.cmd(Command.HGET).arg(EvaluationKeys.FLAGS).arg(flag),
                        Lane.Access.READ);
        return Optional.ofNullable(reply).flatMap(text -> parse(text.toString()));
    }

    /**
     * How every flag is used that somebody was seen to evaluate, by key; read in parts.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public Map<String, FlagUse> all() {
        Map<String, FlagUse> uses = new TreeMap<>();
        scan(EvaluationKeys.FLAGS, "*")
                .forEach((flag, text) -> parse(text).ifPresent(use -> uses.put(flag, use)));
        return uses;
    }

    /**
     * How often a flag was evaluated lately, by reason and variant, in this order and with a space
     * between them.
     *
     * @param today the last day to look at
     * @param days how many days to look at; older than eight days nothing is kept
     * @throws LaneException when the lane gives no useful answer
     */
    public Map<String, Long> counts(String flag, LocalDate today, int days) {
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < days; i++) {
            scan(EvaluationKeys.day(today.minusDays(i)), EvaluationKeys.field(flag, "*", "*"))
                    .forEach((field, count) ->
                            counts.merge(
                                    field.substring(flag.length() + 1),
                                    Long.parseLong(count),
                                    Long::sum));
        }
        return counts;
    }

    /**
     * Forgets how flags were used; their counts lapse by themselves.
     *
     * @throws LaneException when the lane gives no useful answer
     */
    public void forget(Collection<String> flags) {
        if (flags.isEmpty()) {
            return;
        }
        Request request = Request.cmd(Command.HDEL).arg(EvaluationKeys.FLAGS);
        flags.forEach(request::arg);
        lane.send(request, Lane.Access.WRITE);
    }

    /** A hash read in parts, none of which is large. */
    private Map<String, String> scan(String hash, String pattern) {
        Map<String, String> fields = new HashMap<>();
        String cursor = "0";
        do {
            Response part =
                    lane.send(
                            Request.cmd(Command.HSCAN)
                                    .arg(hash)
                                    .arg(cursor)
                                    .arg("MATCH")
                                    .arg(pattern)
                                    .arg("COUNT")
                                    .arg(PART),
                            Lane.Access.READ);
            if (part == null) {
                break;
            }
            cursor = part.get(0).toString();
            Response flat = part.get(1);
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
            }
        } while (!cursor.equals("0"));
        return fields;
    }

    /** What is not as it should be counts as nothing seen. */
    private static Optional<FlagUse> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, Instant> by = new HashMap<>();
            json.path("by").properties().forEach(e -> by.put(e.getKey(), at(e.getValue())));
            return by.values().stream()
                    .max(Comparator.naturalOrder())
                    .map(last ->
                            new FlagUse(
                                    at(json.get("first")),
                                    last,
                                    json.path("variant").asText(),
                                    at(json.get("since")),
                                    by));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Instant at(@Nullable JsonNode seconds) {
        return Instant.ofEpochSecond(seconds == null ? 0 : seconds.asLong());
    }
}
