package io.trekpoint.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.GpxType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All of a request for a GPX job but its body, judged before anything is read, charged or stored.
 *
 * @param type the job type
 * @param query the parameters of the query
 * @param gzipped whether the body arrives compressed
 * @param boundary what parts the body, where it has several parts
 * @param notBefore when the job may be worked on at the earliest; empty for at once
 * @param traceparent the trace it belongs to; empty for none
 */
record GpxEnvelope(
        GpxType type,
        ObjectNode query,
        boolean gzipped,
        Optional<String> boundary,
        Optional<Instant> notBefore,
        String traceparent) {
    private static final String MULTIPART = "multipart/form-data";
    private static final Set<String> MEDIA_TYPES =
            Set.of(
                    "application/gpx+xml",
                    "application/xml",
                    "text/xml",
                    "application/octet-stream");
    private static final int LONGEST_BOUNDARY = 70;

    /**
     * What the envelope is judged by.
     *
     * @param query every query parameter with its values
     * @param contentType null where the header is absent, as for the others
     * @param contentEncoding the header
     * @param contentLength what the body is announced as; -1 where it is not
     * @param traceparent the header
     */
    record Headers(
            Map<String, List<String>> query,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            long contentLength,
            @Nullable String traceparent) {}

    /**
     * Judges an envelope. Where the body is the document itself, the parameters are judged too.
     *
     * @throws ProblemException 400, 413 or 415, naming what is wrong
     */
    static GpxEnvelope of(GpxType type, Headers headers, long maxBody) {
        Optional<String> boundary = boundary(headers.contentType());
        if (boundary.isEmpty()) {
            requireMediaType(headers.contentType());
        }
        boolean gzipped = isGzip(headers.contentEncoding());
        if (headers.contentLength() == 0) {
            throw emptyBody("body");
        }
        if (headers.contentLength() > maxBody) {
            throw tooLarge(maxBody);
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>(headers.query());
        Optional<Instant> notBefore = NotBefore.of(parameters.remove(NotBefore.NAME));
        ObjectNode query = TaskParameters.query(parameters);
        if (boundary.isEmpty()) {
            TaskParameters.task(type, query);
        }
        return new GpxEnvelope(
                type, query, gzipped, boundary, notBefore, Traceparent.of(headers.traceparent()));
    }

    /** What the query alone asks for; judged before. */
    GpxTask task() {
        return TaskParameters.task(type, query);
    }

    /** The body is larger than allowed. */
    static ProblemException tooLarge(long maxBody) {
        return new ProblemException(
                Problem.invalid(
                        413, "body-too-large", "body", "must be at most " + maxBody + " bytes"));
    }

    /** There is nothing in the body, or in a part of it. */
    static ProblemException emptyBody(String field) {
        return new ProblemException(
                Problem.invalid(400, "empty-body", field, "must hold a GPX document"));
    }

    private static String essence(@Nullable String contentType) {
        return contentType == null
                ? ""
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static void requireMediaType(@Nullable String contentType) {
        if (!MEDIA_TYPES.contains(essence(contentType))) {
            throw unsupported(
                    "Content-Type",
                    "must be application/gpx+xml, application/xml or multipart/form-data");
        }
    }

    private static Optional<String> boundary(@Nullable String contentType) {
        if (contentType == null || !essence(contentType).equals(MULTIPART)) {
            return Optional.empty();
        }
        for (String parameter : contentType.split(";", -1)) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase("boundary")) {
                String value = pair[1].strip().replaceAll("^\"|\"$", "");
                if (!value.isEmpty() && value.length() <= LONGEST_BOUNDARY) {
                    return Optional.of(value);
                }
            }
        }
        throw unsupported("Content-Type", "must name a boundary of at most 70 characters");
    }

    private static boolean isGzip(@Nullable String contentEncoding) {
        if (contentEncoding == null || contentEncoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (contentEncoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        throw unsupported("Content-Encoding", "must be gzip, or absent");
    }

    private static ProblemException unsupported(String field, String rule) {
        return new ProblemException(Problem.invalid(415, "unsupported-media-type", field, rule));
    }
}
