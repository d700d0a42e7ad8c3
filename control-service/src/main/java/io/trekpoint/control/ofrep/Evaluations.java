package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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
    private final InstantSource clock;
    private final FlagTexts texts = new FlagTexts();
    private volatile Provenance latest;

    Evaluations(Mirror mirror, InstantSource clock) {
        this.mirror = mirror;
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
     * @param forBrowser whether the asker may see public flags alone, and not learn of others
     */
    Answer one(String key, byte[] body, boolean forBrowser) {
        try {
            ContextReader.read(body);
        } catch (InvalidContextException e) {
            return refusal(key, e);
        }
        Provenance from = provenance();
        Optional<FlagText> text =
                texts.find(key, from.snapshot().state())
                        .filter(flag -> flag.isPublic() || !forBrowser);
        StringBuilder json = new StringBuilder(SMALL);
        if (text.isPresent()) {
            text.get().answer(json, from, forBrowser);
        } else if (from.mode() == Mode.DEFAULT && KEY.matcher(key).matches()) {
            json.append("{\"key\":\"")
                    .append(key)
                    .append("\",\"value\":true,\"reason\":\"DEFAULT\",");
            json.append("\"metadata\":{").append(from.json()).append("}}");
        } else {
            return failure(404, key, "FLAG_NOT_FOUND", "there is no such flag");
        }
        return new Answer(200, json.toString());
    }

    /**
     * Evaluates every flag the asker may see, by key.
     *
     * @param body the request's body; may be empty
     * @param forBrowser whether the asker may see public flags alone
     * @param eventStreams the JSON of that field; empty leaves it out
     */
    Answer all(byte[] body, boolean forBrowser, String eventStreams) {
        try {
            ContextReader.read(body);
        } catch (InvalidContextException e) {
            return refusal(null, e);
        }
        Provenance from = provenance();
        StringBuilder json = new StringBuilder(LARGE);
        json.append("{\"flags\":[");
        String separator = "";
        for (FlagText text : texts.all(from.snapshot().state())) {
            if (text.isPublic() || !forBrowser) {
                json.append(separator);
                text.answer(json, from, forBrowser);
                separator = ",";
            }
        }
        json.append("],\"metadata\":{").append(from.json()).append('}');
        if (!eventStreams.isEmpty()) {
            json.append(",\"eventStreams\":").append(eventStreams);
        }
        json.append('}');
        return new Answer(200, json.toString());
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
