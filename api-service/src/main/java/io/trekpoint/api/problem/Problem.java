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
public record Problem(
        @Schema(
                        description =
                                "Names the kind of problem, and does not change. urn:trekpoint:problem: before"
                                        + " invalid-parameter, empty-body, body-incomplete, invalid-encoding, invalid-form,"
                                        + " invalid-header, unauthenticated, forbidden, feature-disabled, job-not-found,"
                                        + " unknown-job-type, job-not-finished, job-failed, job-cancelled, job-ended,"
                                        + " job-expired, precondition-failed, body-too-large, unsupported-media-type,"
                                        + " range-not-satisfiable, idempotency-conflict, too-many-waits, jobs-unavailable,"
                                        + " job-unreadable, token-keys-unavailable, overloaded, body-too-slow, head-too-slow,"
                                        + " headers-too-large, uri-too-long, not-found,"
                                        + " method-not-allowed, not-acceptable, bad-request or internal; https://iana.org/assignments/http-problem-types# before"
                                        + " quota-exceeded or temporary-reduced-capacity",
                        examples = "urn:trekpoint:problem:job-not-found")
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

    private static final String OURS = "urn:trekpoint:problem:";
    private static final String IANA = "https://iana.org/assignments/http-problem-types#";

    /** A problem of our own kind. */
    public static Problem of(int status, String name, String title, String detail) {
        return new Problem(OURS + name, title, status, detail, "", null, null, List.of());
    }

    /** Input that breaks a rule. */
    public static Problem invalid(int status, String name, String field, String rule) {
        String detail = field + ": " + rule;
        return new Problem(
                OURS + name, "Invalid request", status, detail, "", field, rule, List.of());
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
