package io.trekpoint.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An error answer after RFC 9457.
 *
 * @param type a URI that names the kind of problem and does not change
 * @param title the kind of problem, for people
 * @param status the HTTP status
 * @param detail what is wrong with this request, and what to do
 * @param instance the request id
 * @param field which part of the input is wrong, where one is
 * @param rule what that part must be
 * @param violatedPolicies the names of the limits that refused
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
@Schema(requiredProperties = {"type", "title", "status", "detail", "instance"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable String field,
        @Nullable String rule,
        @JsonProperty("violated-policies") List<String> violatedPolicies) {

    /** How a problem is sent. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int LONGEST_FIELD = 64;
    private static final String OURS = "urn:trekpoint:problem:";
    private static final String IANA = "https://iana.org/assignments/http-problem-types#";

    /** A problem of our own kind. */
    public static Problem of(int status, String name, String title, String detail) {
        return new Problem(OURS + name, title, status, detail, "", null, null, List.of());
    }

    /**
     * Input that breaks a rule. A field that the client has named is repeated so far as it helps.
     */
    public static Problem invalid(int status, String name, String field, String rule) {
        String named =
                field.length() > LONGEST_FIELD ? field.substring(0, LONGEST_FIELD) + "…" : field;
        String detail = named + ": " + rule;
        return new Problem(
                OURS + name, "Invalid request", status, detail, "", named, rule, List.of());
    }

    /** A problem whose kind IANA has registered. */
    public static Problem registered(
            int status, String name, String title, String detail, List<String> policies) {
        return new Problem(IANA + name, title, status, detail, "", null, null, policies);
    }

    Problem at(String requestId) {
        return new Problem(type, title, status, detail, requestId, field, rule, violatedPolicies);
    }
}
