package io.trekpoint.api.entrance;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
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
        return version(head)
                .or(() ->
                        RawUri.brokenRule(head.uri())
                                .map(rule -> Problem.invalid(400, "bad-request", "uri", rule)))
                .or(() -> RawHost.brokenRule(head).map(rule -> unfitHeader("Host", rule)))
                .or(() -> length(head).map(rule -> unfitHeader("Transfer-Encoding", rule)));
    }

    /**
     * Takes out of a head that is fit for a router what the framework would make too much of: a
     * port of no digits is the usual one, not port 0, and HTTP/1.0 knows of nothing to expect.
     */
    static void tidy(HttpRequest head) {
        if (isOld(head)) {
            head.headers().remove(HttpHeaderNames.EXPECT);
        }
        String host = head.headers().get(HttpHeaderNames.HOST);
        if (host != null && host.endsWith(":")) {
            head.headers().set(HttpHeaderNames.HOST, host.substring(0, host.length() - 1));
        }
    }

    private static Problem unfitHeader(String name, String rule) {
        return Problem.invalid(400, "invalid-header", name, rule);
    }

    private static Problem unread(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Head.uriTooLong();
            case TooLongHttpHeaderException _ -> Head.headersTooLarge();
            case RequestDecoder.TwoLengthsException _ ->
                    unfitHeader("Transfer-Encoding", "must not be there with Content-Length");
            default ->
                    Problem.invalid(
                            400,
                            "bad-request",
                            "head",
                            "must be a request line and headers as RFC 9112 has them");
        };
    }

    /** The framework would serve any, as if it were HTTP/1.1. */
    private static Optional<Problem> version(HttpRequest head) {
        return head.protocolVersion().majorVersion() == 1
                ? Optional.empty()
                : Optional.of(
                        Problem.invalid(
                                505,
                                "version-not-supported",
                                "version",
                                "must be HTTP/1.1 or 1.0"));
    }

    /** Where a body ends that comes in a coding nobody here knows, nobody here can say. */
    private static Optional<String> length(HttpRequest head) {
        List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return Optional.empty();
        }
        if (isOld(head)) {
            return Optional.of("must not be there with HTTP/1.0, which does not know it");
        }
        return codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                codings.getFirst().strip())
                ? Optional.empty()
                : Optional.of("must be chunked");
    }

    /** Whether it is of HTTP/1.0. */
    static boolean isOld(HttpRequest head) {
        return head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    }
}
