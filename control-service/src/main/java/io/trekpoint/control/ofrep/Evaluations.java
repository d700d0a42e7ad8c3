package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.evaluation.EvaluationCounters;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates flags from the mirror and writes what clients of OFREP read. It asks nobody and waits
 * for nothing, and there is always an answer: a state that Redis does not confirm is {@code STALE},
 * and where none was ever known the product's own flags answer their code default and any other
 * flag is on, {@code DEFAULT}. Thread-safe.
 */
@Singleton
final class Evaluations {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final int SMALL = 512;
    private static final int LARGE = 16_384;

    private final Mirror mirror;
    private final EvaluationCounters counters;
    private final InstantSource clock;
    private final FlagTexts texts = new FlagTexts();
    private volatile Provenance latest;

    Evaluations(Mirror mirror, EvaluationCounters counters, InstantSource clock) {
        this.mirror = mirror;
        this.counters = counters;
        this.clock = clock;
        this.latest = Provenance.of(mirror, clock.instant());
    }

    /**
     * An answer.
     *
     * @param status 200, 400 or 404
     * @param json its body
     */
    record Answer(int status, String json) {}

    /**
     * Evaluates one flag.
     *
     * @param body the request's body; may be empty
     */
    Answer one(String key, byte[] body, Asker asker) {
        Call call;
        try {
            call = new Call(ContextReader.read(body), provenance(), asker);
        } catch (InvalidContextException e) {
            return refusal(key, e);
        }
        Entry<Flag> flag = call.state().flags().get(key);
        boolean there = flag == null ? call.answersUndefined(key) : asker.maySee(flag.value());
        if (!there) {
            return failure(404, key, "FLAG_NOT_FOUND", "there is no such flag");
        }
        StringBuilder json = new StringBuilder(SMALL);
        FlagAnswer answer = evaluate(key, flag, call, json);
        return new Answer(answer.errorCode() == null ? 200 : 400, json.toString());
    }

    /**
     * Evaluates every flag the asker may see, by key.
     *
     * @param body the request's body; may be empty
     * @param eventStreams the JSON of that field; empty leaves it out
     */
    Answer all(byte[] body, Asker asker, String eventStreams) {
        Call call;
        try {
            call = new Call(ContextReader.read(body), provenance(), asker);
        } catch (InvalidContextException e) {
            return refusal(null, e);
        }
        ControlState state = call.state();
        texts.keepOnly(state);
        StringBuilder json = new StringBuilder(LARGE).append("{\"flags\":[");
        String separator = "";
        for (String key : call.visibleKeys()) {
            json.append(separator);
            separator = ",";
            evaluate(key, state.flags().get(key), call, json);
        }
        json.append("],\"metadata\":{");
        json.append(FlagText.members(FlagTexts.shared(state), asker.browser()));
        json.append(call.from().json()).append('}');
        if (!eventStreams.isEmpty()) {
            json.append(",\"eventStreams\":").append(eventStreams);
        }
        return new Answer(200, json.append('}').toString());
    }

    /** What all evaluations of one request have in common. */
    private record Call(EvaluationContext context, Provenance from, Asker asker) {
        ControlState state() {
            return from.snapshot().state();
        }

        /** Whether there is an answer for a key that the state does not have. */
        boolean answersUndefined(String key) {
            return state().head().known()
                    ? !asker.browser() && FlagKey.find(key).isPresent()
                    : KEY.matcher(key).matches();
        }

        SortedSet<String> visibleKeys() {
            SortedSet<String> keys = new TreeSet<>();
            if (!asker.browser()) {
                FlagKey.catalogue().forEach(flag -> keys.add(flag.key()));
            }
            state().flags()
                    .forEach((key, flag) -> {
                        if (asker.maySee(flag.value())) {
                            keys.add(key);
                        }
                    });
            return keys;
        }

        FlagAnswer answer(Flag flag) {
            return from.mode() == Mode.STALE ? flag.evaluateStale(context) : flag.evaluate(context);
        }
    }

    private FlagAnswer evaluate(
            String key, @Nullable Entry<Flag> flag, Call call, StringBuilder json) {
        FlagAnswer answer;
        FlagText text;
        if (flag == null) {
            answer = FlagKey.answerWithoutState(key);
            text = FlagText.undefined(key);
        } else {
            answer = call.answer(flag.value());
            text = texts.of(key, flag, call.state());
        }
        if (call.state().head().known()) {
            counters.count(call.asker().id(), key, answer);
        }
        text.write(json, answer, call.from(), call.asker().browser());
        return answer;
    }

    private Provenance provenance() {
        Instant now = clock.instant();
        Provenance known = latest;
        if (!known.stillHolds(mirror, now)) {
            known = Provenance.of(mirror, now);
            latest = known;
        }
        return known;
    }

    private static Answer refusal(@Nullable String key, InvalidContextException e) {
        return failure(400, key, e.code().name(), String.valueOf(e.getMessage()));
    }

    private static Answer failure(int status, @Nullable String key, String code, String details) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (key != null) {
            json.put("key", key);
        }
        json.put("errorCode", code).put("errorDetails", details).putObject("metadata");
        return new Answer(status, json.toString());
    }
}
