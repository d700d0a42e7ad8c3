package io.trekpoint.api.entrance;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.trekpoint.api.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with a head so that no router could be trusted with it. */
final class RawHead {
    private static final Pattern PATH =
            Pattern.compile("/|https?://[^/?#]+(?:[/?]|$)", Pattern.CASE_INSENSITIVE);
    private static final int HEX = 16;

    /** A percent sign and two digits. */
    private static final int ESCAPED = 3;

    private RawHead() {}

    /**
     * What a client is told of a head that it cannot be served by; empty where it is fit for a
     * router.
     */
    static Optional<Problem> problem(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return Optional.of(unread(head.decoderResult().cause()));
        }
        String uri = head.uri();
        if (uri.indexOf('%') >= 0 && !isDecodable(uri)) {
            return Optional.of(
                    unfitUri(
                            "must have two hexadecimal digits after each %, and be UTF-8 once decoded"));
        }
        if (!PATH.matcher(uri).lookingAt()) {
            return Optional.of(
                    unfitUri("must be a path that begins with /, or an http URI with one"));
        }
        if (hasMatrixParameters(uri)) {
            return Optional.of(unfitUri("must have no ; in its path, unless escaped as %3B"));
        }
        return isOfKnownLength(head)
                ? Optional.empty()
                : Optional.of(
                        Problem.invalid(
                                400, "invalid-header", "Transfer-Encoding", "must be chunked"));
    }

    private static Problem unfitUri(String rule) {
        return Problem.invalid(400, "bad-request", "uri", rule);
    }

    /**
     * No resource has such parameters. The framework looks for them all the same, and puts the path
     * together again out of what it has decoded, to decode it once more.
     */
    private static boolean hasMatrixParameters(String uri) {
        int semicolon = uri.indexOf(';');
        int query = uri.indexOf('?');
        return semicolon >= 0 && (query < 0 || semicolon < query);
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

    /** What is decoded leniently becomes a name that the client has never said. */
    private static boolean isDecodable(String uri) {
        ByteBuffer octets = ByteBuffer.allocate(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c != '%') {
                octets.put((byte) c);
                continue;
            }
            if (i + ESCAPED > uri.length()) {
                return false;
            }
            int high = Character.digit(uri.charAt(i + 1), HEX);
            int low = Character.digit(uri.charAt(i + 2), HEX);
            if (high < 0 || low < 0) {
                return false;
            }
            octets.put((byte) (high * HEX + low));
            i += ESCAPED - 1;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(octets.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
