package io.trekpoint.api.openapi;

import static io.trekpoint.api.openapi.GatewayCall.LIST;
import static io.trekpoint.api.openapi.GatewayCall.ME;
import static io.trekpoint.api.openapi.GatewayCall.RESULT;
import static io.trekpoint.api.openapi.GatewayCall.SHOW;
import static io.trekpoint.api.openapi.GatewayCall.SUBMIT;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;

/**
 * A header of answers, as the contract describes it.
 *
 * @param name its name
 * @param description what it says, and when
 * @param example a value
 * @param comes whether an answer may have it: by the call, and by the status or {@code default}
 */
record AnswerHeader(
        String name, String description, String example, BiPredicate<GatewayCall, String> comes) {
    /** What is refused with these is not known to be anybody's, and has not been counted. */
    private static final Set<String> BEFORE_THE_LIMITS = Set.of("401", "414", "431");

    private static final Set<String> WHOLE_OR_PART = Set.of("200", "206");
    private static final String JOB = "/v1/jobs/0-7KqpW3daZZh0UmbR4hYc";

    static final List<AnswerHeader> ALL =
            List.of(
                    new AnswerHeader(
                            "X-Request-Id",
                            "Names the request in logs and problems: the caller's own where it sent one",
                            "8e1c9d52-4a0f-4c62-9a86-0f0b8f6d3c11",
                            (call, status) -> true),
                    new AnswerHeader(
                            "Date",
                            "When the answer was made",
                            "Mon, 04 May 2026 06:30:00 GMT",
                            (call, status) -> true),
                    new AnswerHeader(
                            "Cache-Control",
                            "private, no-cache: who asks may keep it, and has to ask again before using it; no-store"
                                    + " of events",
                            "private, no-cache",
                            (call, status) -> GatewayCall.ofCallers().contains(call)),
                    limited(
                            "RateLimit-Policy",
                            "The limits that apply (draft-ietf-httpapi-ratelimit-headers): q units in w seconds; a"
                                    + " calendar month has no w",
                            "\"burst\";q=20;w=1,\"hour\";q=1000;w=3600"),
                    limited(
                            "RateLimit",
                            "The limit to go by: r units are left, and more come within t seconds",
                            "\"hour\";r=998;t=4"),
                    limited(
                            "Trek-Limits",
                            "local while this gateway counts by itself, as Redis is away; else absent",
                            "local"),
                    new AnswerHeader(
                            "Retry-After",
                            "Seconds until asking again makes sense; absent where the job has ended, or no wait helps",
                            "1",
                            AnswerHeader::isForLater),
                    new AnswerHeader(
                            "WWW-Authenticate",
                            "How to say who calls",
                            "ApiKey header=\"X-API-Key\", Bearer",
                            (call, status) -> status.equals("401")),
                    new AnswerHeader(
                            "Location",
                            "Where the job is found",
                            JOB,
                            (call, status) -> call == SUBMIT && status.equals("202")),
                    new AnswerHeader(
                            "Content-Location",
                            "Where the job is found",
                            JOB,
                            (call, status) -> call == SUBMIT && status.equals("200")),
                    new AnswerHeader(
                            "Preference-Applied",
                            "The wait that was granted",
                            "wait=10",
                            (call, status) -> call == SUBMIT && status.equals("200")),
                    new AnswerHeader(
                            "Idempotency-Replayed",
                            "true where the request was made before under its Idempotency-Key, and nothing was added;"
                                    + " else absent",
                            "true",
                            (call, status) -> call == SUBMIT && status.startsWith("2")),
                    new AnswerHeader(
                            "ETag",
                            "Of a job: changes whenever its view does. Of an output: the SHA-256 of its bytes",
                            "\"1-succeeded\"",
                            (call, status) ->
                                    (call == SHOW || call == RESULT)
                                            && (WHOLE_OR_PART.contains(status)
                                                    || status.equals("304"))),
                    new AnswerHeader(
                            "Link",
                            "The next page; absent on the last one",
                            "</v1/jobs?cursor=MTc3Nzg3&limit=50>; rel=\"next\"",
                            (call, status) -> call == LIST && status.equals("200")),
                    new AnswerHeader(
                            "Content-Disposition",
                            "A name for the file",
                            "attachment; filename=\"0-7KqpW3daZZh0UmbR4hYc.kml\"",
                            (call, status) -> call == RESULT && WHOLE_OR_PART.contains(status)),
                    new AnswerHeader(
                            "Accept-Ranges",
                            "Parts can be asked for by Range",
                            "bytes",
                            (call, status) -> call == RESULT && WHOLE_OR_PART.contains(status)),
                    new AnswerHeader(
                            "Content-Range",
                            "Which bytes these are, of how many",
                            "bytes 0-99/1043",
                            (call, status) ->
                                    call == RESULT && Set.of("206", "416").contains(status)));

    private static AnswerHeader limited(String name, String description, String example) {
        return new AnswerHeader(
                name,
                description,
                example,
                (call, status) ->
                        call == ME
                                ? status.equals("200")
                                : GatewayCall.limited().contains(call)
                                        && !BEFORE_THE_LIMITS.contains(status));
    }

    private static boolean isForLater(GatewayCall call, String status) {
        return switch (status) {
            case "429", "503" -> true;
            case "202" -> call == SUBMIT;
            case "200", "304" -> call == SHOW;
            case "409" -> call == RESULT;
            default -> false;
        };
    }

    /** Its form for the contract. */
    Header described() {
        return OASFactory.createHeader()
                .description(description)
                .schema(ContractTerms.text())
                .example(example);
    }
}
