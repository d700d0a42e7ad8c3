package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.control.ofrep.InvalidContextException.Code;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads {@code {"context": {"targetingKey": "…", …}}}. A body or a context that is absent is an
 * empty context, and {@code targetingKey} may be absent, as with other servers.
 */
final class ContextReader {
    private static final int DEEPEST = 64;
    private static final ObjectReader JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();

    private ContextReader() {}

    static EvaluationContext read(byte[] body) throws InvalidContextException {
        if (body.length == 0) {
            return EvaluationContext.EMPTY;
        }
        JsonNode root = parse(body);
        if (!root.isObject()) {
            throw new InvalidContextException(Code.INVALID_CONTEXT, "the body must be an object");
        }
        JsonNode context = root.get("context");
        if (context == null || context.isNull()) {
            return EvaluationContext.EMPTY;
        }
        if (!(context instanceof ObjectNode attributes)) {
            throw new InvalidContextException(Code.INVALID_CONTEXT, "context must be an object");
        }
        JsonNode targetingKey = attributes.get("targetingKey");
        if (targetingKey != null && !targetingKey.isTextual() && !targetingKey.isNull()) {
            throw new InvalidContextException(
                    Code.INVALID_CONTEXT, "context.targetingKey must be a string");
        }
        return EvaluationContext.of(attributes);
    }

    private static JsonNode parse(byte[] body) throws InvalidContextException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            String said = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
            throw new InvalidContextException(Code.PARSE_ERROR, "the body is not JSON: " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
