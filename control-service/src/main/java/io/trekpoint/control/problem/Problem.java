package io.trekpoint.control.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param type {@code urn:trekpoint:problem:<name>}
 * @param title the same for every problem of that type
 * @param status the HTTP status
 * @param detail what is wrong this time
 * @param instance the request id
 * @param field the part of the input that is wrong
 * @param rule what would be right there
 * @param line where JSON ends to be JSON, from 1
 * @param column where JSON ends to be JSON, from 1
 * @param errorCode for a call of OFREP, as its clients read it
 * @param errorDetails the detail once more, likewise
 * @param metadata empty, likewise: they do not bear its absence
 */
@RegisterForReflection
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable String field,
        @Nullable String rule,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String errorCode,
        @Nullable String errorDetails,
        @Nullable Map<String, String> metadata) {
    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** This problem with the members that clients of OFREP look for. */
    Problem forOfrep() {
        return new Problem(
                type, title, status, detail, instance, field, rule, line, column, "GENERAL", detail,
                Map.of());
    }
}
