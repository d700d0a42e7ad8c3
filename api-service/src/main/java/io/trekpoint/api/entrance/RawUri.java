package io.trekpoint.api.entrance;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with the target of a request so that no router could be trusted with it. */
final class RawUri {
    private static final Pattern PATH =
            Pattern.compile("/|https?://[^/?#]+(?:[/?]|$)", Pattern.CASE_INSENSITIVE);
    private static final int HEX = 16;

    /** A percent sign and two digits. */
    private static final int ESCAPED = 3;

    private RawUri() {}

    /** The rule that it breaks, as a client is told; empty where there is none. */
    static Optional<String> brokenRule(String uri) {
        if (uri.indexOf('%') >= 0 && !isDecodable(uri)) {
            return Optional.of(
                    "must have two hexadecimal digits after each %, and be UTF-8 once decoded");
        }
        if (!PATH.matcher(uri).lookingAt()) {
            return Optional.of("must be a path that begins with /, or an http URI with one");
        }
        if (!isUri(uri)) {
            return Optional.of(
                    "must be a URI as RFC 3986 has it: escape { } \" | ^ < > \\ and, in a path, [ ]");
        }
        return hasMatrixParameters(uri)
                ? Optional.of("must have no ; in its path, unless escaped as %3B")
                : Optional.empty();
    }

    /**
     * Asked in the very way in which the framework asks, before any of our filters: what it refuses
     * has an answer with nothing in it.
     */
    private static boolean isUri(String uri) {
        try {
            var _ = new URI(uri);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
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
