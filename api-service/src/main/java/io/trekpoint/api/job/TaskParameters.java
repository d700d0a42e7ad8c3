package io.trekpoint.api.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.GpxTaskParser;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.InvalidParameterException;
import java.util.List;
import java.util.Map;

/** The parameters of a task as they arrive: by query, and as a JSON document. */
final class TaskParameters {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private TaskParameters() {}

    /**
     * The parameters of a query. A value that begins like a JSON object or array is one.
     *
     * @throws ProblemException 400, naming a parameter that is repeated or broken
     */
    static ObjectNode query(Map<String, List<String>> query) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        query.forEach((name, values) -> {
            if (values.size() != 1) {
                throw invalid(name, "must be given once");
            }
            String value = values.getFirst().strip();
            if (value.startsWith("{") || value.startsWith("[")) {
                parameters.set(name, json(name, value));
            } else {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    /**
     * Adds the parameters of a JSON document to those of the query.
     *
     * @throws ProblemException 400, if it is none, or has what the query has too
     */
    static ObjectNode and(ObjectNode query, String document) {
        if (!(json("parameters", document) instanceof ObjectNode parameters)) {
            throw invalid("parameters", "must be a JSON object");
        }
        ObjectNode all = query.deepCopy();
        parameters
                .properties()
                .forEach(parameter -> {
                    if (all.has(parameter.getKey())) {
                        throw invalid(parameter.getKey(), "must be given once");
                    }
                    all.set(parameter.getKey(), parameter.getValue());
                });
        return all;
    }

    /**
     * What parameters ask for.
     *
     * @throws ProblemException 400, naming the parameter and the rule
     */
    static GpxTask task(GpxType type, ObjectNode parameters) {
        try {
            return GpxTaskParser.parse(type, parameters);
        } catch (InvalidParameterException e) {
            throw invalid(e.field(), e.rule());
        }
    }

    /** A refusal of one parameter. */
    static ProblemException invalid(String name, String rule) {
        return new ProblemException(Problem.invalid(400, "invalid-parameter", name, rule));
    }

    private static JsonNode json(String name, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(name, "must be JSON");
        }
    }
}
