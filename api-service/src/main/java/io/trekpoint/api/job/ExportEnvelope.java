package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.job.ExportParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All of an export request but its body, judged before anything is read, charged or stored.
 *
 * @param parameters what the job is asked to do
 * @param gzipped whether the body arrives compressed
 * @param traceparent the trace it belongs to; empty for none
 */
record ExportEnvelope(ExportParameters parameters, boolean gzipped, String traceparent) {
    private static final Set<String> MEDIA_TYPES =
            Set.of(
                    "application/gpx+xml",
                    "application/xml",
                    "text/xml",
                    "application/octet-stream");

    /**
     * What the envelope is judged by.
     *
     * @param query every query parameter with its values
     * @param contentType the header, or null
     * @param contentEncoding the header, or null
     * @param contentLength bytes announced; -1 where none are
     * @param traceparent the header, or null
     */
    record Headers(
            Map<String, List<String>> query,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            long contentLength,
            @Nullable String traceparent) {}

    /**
     * Judges an envelope.
     *
     * @throws ProblemException 400, 413 or 415, naming what is wrong
     */
    static ExportEnvelope of(Headers headers, long maxBody) {
        requireMediaType(headers.contentType());
        boolean gzipped = isGzip(headers.contentEncoding());
        if (headers.contentLength() == 0) {
            throw new ProblemException(
                    Problem.invalid(400, "empty-body", "body", "must hold a GPX document"));
        }
        if (headers.contentLength() > maxBody) {
            throw tooLarge(maxBody);
        }
        return new ExportEnvelope(
                new ExportParameters(target(headers.query())),
                gzipped,
                Traceparent.of(headers.traceparent()));
    }

    /** The body is larger than allowed. */
    static ProblemException tooLarge(long maxBody) {
        return new ProblemException(
                Problem.invalid(
                        413, "body-too-large", "body", "must be at most " + maxBody + " bytes"));
    }

    private static void requireMediaType(@Nullable String contentType) {
        String essence =
                contentType == null
                        ? ""
                        : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPES.contains(essence)) {
            throw new ProblemException(
                    Problem.invalid(
                            415,
                            "unsupported-media-type",
                            "Content-Type",
                            "must be application/gpx+xml or application/xml"));
        }
    }

    private static boolean isGzip(@Nullable String contentEncoding) {
        if (contentEncoding == null || contentEncoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (contentEncoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        throw new ProblemException(
                Problem.invalid(
                        415,
                        "unsupported-media-type",
                        "Content-Encoding",
                        "must be gzip, or absent"));
    }

    private static ExportParameters.Target target(Map<String, List<String>> query) {
        for (String name : query.keySet()) {
            if (!name.equals("to")) {
                throw invalidParameter(name, "is not a parameter of export; to is");
            }
        }
        List<String> values = query.getOrDefault("to", List.of());
        if (values.size() != 1) {
            throw invalidParameter("to", "must be given once, as one of " + targets());
        }
        return ExportParameters.Target.ofLabel(values.getFirst())
                .orElseThrow(() -> invalidParameter("to", "must be one of " + targets()));
    }

    private static ProblemException invalidParameter(String name, String rule) {
        return new ProblemException(Problem.invalid(400, "invalid-parameter", name, rule));
    }

    private static String targets() {
        return Arrays.stream(ExportParameters.Target.values())
                .map(ExportParameters.Target::label)
                .collect(Collectors.joining(", "));
    }
}
