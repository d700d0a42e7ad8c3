package io.trekpoint.api.openapi;

import static io.trekpoint.api.openapi.GatewayCall.CANCEL;
import static io.trekpoint.api.openapi.GatewayCall.FOLLOW;
import static io.trekpoint.api.openapi.GatewayCall.LIST;
import static io.trekpoint.api.openapi.GatewayCall.RESULT;
import static io.trekpoint.api.openapi.GatewayCall.SHOW;
import static io.trekpoint.api.openapi.GatewayCall.SUBMIT;

import io.trekpoint.api.problem.Problem;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kind of problem, as the contract shows it.
 *
 * @param problem an example of it
 * @param calls which calls may end with it under its own status; empty where it is none of a call's
 *     own, and stands under {@code default}
 */
record ProblemType(Problem problem, Set<GatewayCall> calls) {
    private static final Set<GatewayCall> ALL_CALLS = EnumSet.allOf(GatewayCall.class);
    private static final Set<GatewayCall> OF_CALLERS = GatewayCall.ofCallers();
    private static final Set<GatewayCall> ONE_JOB = GatewayCall.ofOneJob();

    /** A repeated submit looks at its first job. */
    private static final Set<GatewayCall> ONE_JOB_OR_SUBMIT = with(ONE_JOB, SUBMIT);

    private static final String REQUEST = "8e1c9d52-4a0f-4c62-9a86-0f0b8f6d3c11";

    /** Every type that the gateway answers with. */
    static final List<ProblemType> ALL =
            List.of(
                    invalid(
                            400,
                            "invalid-parameter",
                            "mode",
                            "must be lenient or strict",
                            ALL_CALLS),
                    invalid(
                            400,
                            "invalid-header",
                            "Idempotency-Key",
                            "must be a quoted string of 1 to 64 printable ASCII characters, \" and \\ escaped by \\",
                            EnumSet.of(SUBMIT)),
                    invalid(
                            400,
                            "empty-body",
                            "body",
                            "must hold a GPX document",
                            EnumSet.of(SUBMIT)),
                    of(
                            400,
                            "body-incomplete",
                            "Invalid request",
                            "The body ended before its end.",
                            EnumSet.of(SUBMIT)),
                    invalid(
                            400,
                            "invalid-encoding",
                            "body",
                            "must be gzip, as Content-Encoding says",
                            EnumSet.of(SUBMIT)),
                    invalid(
                            400,
                            "invalid-form",
                            "body",
                            "must be parts between the boundary of Content-Type, each with at most 4096 bytes of"
                                    + " headers, their lines ended by CRLF",
                            EnumSet.of(SUBMIT)),
                    of(
                            401,
                            "unauthenticated",
                            "Unauthenticated",
                            "send an API key in the header X-API-Key, or a bearer token",
                            OF_CALLERS),
                    of(
                            403,
                            "feature-disabled",
                            "Feature disabled",
                            "The feature gpx.stats is switched off.",
                            EnumSet.of(SUBMIT)),
                    of(
                            403,
                            "forbidden",
                            "Forbidden",
                            "Who calls without a key has no list of jobs; keep their ids.",
                            EnumSet.of(LIST)),
                    of(
                            404,
                            "job-not-found",
                            "Not found",
                            "There is no such job of yours.",
                            ONE_JOB),
                    invalid(
                            408,
                            "body-too-slow",
                            "body",
                            "must arrive at 1024 bytes a second or more",
                            EnumSet.of(SUBMIT)),
                    of(
                            409,
                            "job-not-finished",
                            "Conflict",
                            "The job has not finished; ask again, or wait with Prefer: wait=N.",
                            EnumSet.of(RESULT)),
                    of(
                            409,
                            "job-failed",
                            "Conflict",
                            "The job failed with NOT_XML and has no result.",
                            EnumSet.of(RESULT)),
                    of(
                            409,
                            "job-cancelled",
                            "Conflict",
                            "The job was cancelled and has no result.",
                            EnumSet.of(RESULT)),
                    of(
                            409,
                            "job-ended",
                            "Conflict",
                            "The job has succeeded already.",
                            EnumSet.of(CANCEL)),
                    of(
                            410,
                            "job-expired",
                            "Gone",
                            "This job has ended and its retention is over.",
                            ONE_JOB_OR_SUBMIT),
                    invalid(
                            412,
                            "precondition-failed",
                            "If-Match",
                            "must be the ETag of what is there",
                            EnumSet.of(SHOW, CANCEL, RESULT)),
                    invalid(
                            413,
                            "body-too-large",
                            "body",
                            "must be at most 52428800 bytes",
                            EnumSet.of(SUBMIT)),
                    invalid(
                            414,
                            "uri-too-long",
                            "uri",
                            "must have at most 16384 characters",
                            ALL_CALLS),
                    invalid(
                            415,
                            "unsupported-media-type",
                            "Content-Type",
                            "must be application/gpx+xml, application/xml or multipart/form-data",
                            EnumSet.of(SUBMIT)),
                    invalid(
                            416,
                            "range-not-satisfiable",
                            "Range",
                            "must begin within the 1043 bytes of the output",
                            EnumSet.of(RESULT)),
                    invalid(
                            422,
                            "idempotency-conflict",
                            "Idempotency-Key",
                            "belongs to another request; use a new one",
                            EnumSet.of(SUBMIT)),
                    registered(
                            429,
                            "quota-exceeded",
                            "Quota exceeded",
                            "Spent: hour. Retry-After says when there is more.",
                            OF_CALLERS),
                    of(
                            429,
                            "too-many-waits",
                            "Too many requests wait",
                            "As many requests of yours wait for jobs as may. End some, or poll.",
                            EnumSet.of(FOLLOW)),
                    of(
                            429,
                            "too-many-transfers",
                            "Too many transfers",
                            "As many uploads and downloads of yours are under way here as may. Let some end.",
                            EnumSet.of(SUBMIT, RESULT)),
                    invalid(
                            431,
                            "headers-too-large",
                            "headers",
                            "must be at most 100, and 16384 bytes together",
                            ALL_CALLS),
                    of(
                            503,
                            "jobs-unavailable",
                            "Temporarily unavailable",
                            "The jobs store cannot answer just now. Try again; nothing was lost.",
                            with(ONE_JOB_OR_SUBMIT, LIST)),
                    of(
                            503,
                            "job-unreadable",
                            "Job unreadable",
                            "What is stored of this job cannot be read. It is left as it is.",
                            ONE_JOB_OR_SUBMIT),
                    registered(
                            503,
                            "temporary-reduced-capacity",
                            "Temporarily reduced capacity",
                            "Quotas cannot be checked just now, and what may be given without checking is used up.",
                            GatewayCall.limited()),
                    of(
                            503,
                            "overloaded",
                            "Overloaded",
                            "This gateway has as many requests in work as it can do. Nothing was done. Try again.",
                            OF_CALLERS),
                    of(
                            503,
                            "token-keys-unavailable",
                            "Temporarily unavailable",
                            "What verifies tokens cannot be had just now. Try again, or use an API key.",
                            OF_CALLERS),
                    invalid(
                            404,
                            "unknown-job-type",
                            "type",
                            "must be one of those that are listed",
                            Set.of()),
                    invalid(
                            408,
                            "head-too-slow",
                            "head",
                            "must be there in full within 10000 ms of its first byte",
                            Set.of()),
                    of(404, "not-found", "Not Found", "There is nothing at this path.", Set.of()),
                    of(
                            405,
                            "method-not-allowed",
                            "Method Not Allowed",
                            "This path does not take this method.",
                            Set.of()),
                    of(
                            406,
                            "not-acceptable",
                            "Not Acceptable",
                            "None of the media types in Accept can be served.",
                            Set.of()),
                    of(
                            400,
                            "bad-request",
                            "Bad Request",
                            "The request could not be served.",
                            Set.of()),
                    of(
                            500,
                            "internal",
                            "Internal error",
                            "This is our fault. The request id names it in our log.",
                            Set.of()),
                    invalid(
                            505,
                            "version-not-supported",
                            "version",
                            "must be HTTP/1.1 or 1.0",
                            Set.of()));

    /** Those that a call may end with. */
    static List<ProblemType> of(GatewayCall call) {
        return ALL.stream().filter(type -> type.calls.contains(call)).toList();
    }

    /** Those that are no call's own. */
    static List<ProblemType> anywhere() {
        return ALL.stream().filter(type -> type.calls.isEmpty()).toList();
    }

    private static ProblemType of(
            int status, String name, String title, String detail, Set<GatewayCall> calls) {
        return new ProblemType(Problem.of(status, name, title, detail), calls);
    }

    private static ProblemType invalid(
            int status, String name, String field, String rule, Set<GatewayCall> calls) {
        return new ProblemType(Problem.invalid(status, name, field, rule), calls);
    }

    private static ProblemType registered(
            int status, String name, String title, String detail, Set<GatewayCall> calls) {
        return new ProblemType(
                Problem.registered(status, name, title, detail, List.of("hour")), calls);
    }

    private static Set<GatewayCall> with(Set<GatewayCall> calls, GatewayCall another) {
        EnumSet<GatewayCall> all = EnumSet.copyOf(calls);
        all.add(another);
        return all;
    }

    /** The last part of its type. */
    String name() {
        return problem.type().replaceFirst(".*[:#]", "");
    }

    /** A whole document, as it is sent. */
    Map<String, Object> example() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", problem.type());
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("detail", problem.detail());
        document.put("instance", REQUEST);
        if (problem.field() != null && problem.rule() != null) {
            document.put("field", problem.field());
            document.put("rule", problem.rule());
        }
        if (!problem.violatedPolicies().isEmpty()) {
            document.put("violated-policies", problem.violatedPolicies());
        }
        return document;
    }
}
