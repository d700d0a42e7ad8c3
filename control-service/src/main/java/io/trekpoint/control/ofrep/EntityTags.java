package io.trekpoint.control.ofrep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Tags of whole bodies. A tag of the flags alone would call an answer unchanged that another
 * context has changed.
 */
final class EntityTags {
    private static final int BYTES = 16;
    private static final String WEAK = "W/";

    private EntityTags() {}

    /** The tag of a body, quoted. */
    static String of(String body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Whether one of the tags of {@code If-None-Match} is this one, by weak comparison.
     *
     * @param ifNoneMatch the values of the header: tags in lists, or {@code *} for any
     */
    static boolean match(List<String> ifNoneMatch, String tag) {
        return ifNoneMatch.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || strong(known).equals(tag));
    }

    private static String strong(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}
