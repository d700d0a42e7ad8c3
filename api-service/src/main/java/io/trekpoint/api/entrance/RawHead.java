package io.trekpoint.api.entrance;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.trekpoint.api.problem.Problem;
import java.util.List;
import java.util.Optional;

/** What is wrong with a head so that no router could be trusted with it. */
final class RawHead {
    private RawHead() {}

    /**
     * What a client is told of a head that it cannot be served by; empty where it is fit for a
     * router.
     */
    static Optional<Problem> problem(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return Optional.of(unread(head.decoderResult().cause()));
        }
        Optional<String> ofUri = RawUri.brokenRule(head.uri());
        if (ofUri.isPresent()) {
            return ofUri.map(rule -> Problem.invalid(400, "bad-request", "uri", rule));
        }
        return isOfKnownLength(head)
                ? Optional.empty()
                : Optional.of(
                        Problem.invalid(
                                400, "invalid-header", "Transfer-Encoding", "must be chunked"));
    }

    private static Problem unread(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Head.uriTooLong();
            case TooLongHttpHeaderException _ -> Head.headersTooLarge();
            default ->
                    Problem.invalid(
                            400,
                            "bad-request",
                            "head",
                            "must be a request line and headers as RFC 9112 has them");
        };
    }

    /** Where a body ends that comes in a coding nobody here knows, nobody here can say. */
    private static boolean isOfKnownLength(HttpRequest head) {
        List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                codings.getFirst().strip()));
    }
}
