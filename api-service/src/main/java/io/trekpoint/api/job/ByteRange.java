package io.trekpoint.api.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of an output a client asks for (RFC 9110, section 14). */
sealed interface ByteRange {
    /** {@code first-last}, {@code first-} or {@code -suffix}. */
    Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** All of it. */
    record Whole() implements ByteRange {}

    /**
     * A part of it.
     *
     * @param first the first byte, from 0
     * @param last the last byte, inclusive
     */
    record Part(long first, long last) implements ByteRange {
        /** How many bytes it has; at least 1. */
        long length() {
            return last - first + 1;
        }
    }

    /** Bytes it does not have. */
    record Unsatisfiable() implements ByteRange {}

    /**
     * Reads a {@code Range} header. What is not a single range of bytes is not heeded, as the
     * standard allows: the client gets the whole.
     *
     * @param header the header; null for none
     * @param bytes the length of the output
     */
    static ByteRange of(@Nullable String header, long bytes) {
        Matcher range = SINGLE.matcher(header == null ? "" : header.replace(" ", ""));
        if (!range.matches()) {
            return new Whole();
        }
        return range.group(1).isEmpty()
                ? suffix(range.group(2), bytes)
                : part(Long.parseLong(range.group(1)), range.group(2), bytes);
    }

    private static ByteRange suffix(String digits, long bytes) {
        if (digits.isEmpty()) {
            return new Whole();
        }
        long length = Math.min(Long.parseLong(digits), bytes);
        return length == 0 ? new Unsatisfiable() : new Part(bytes - length, bytes - 1);
    }

    private static ByteRange part(long first, String digits, long bytes) {
        long last = digits.isEmpty() ? bytes - 1 : Math.min(Long.parseLong(digits), bytes - 1);
        if (!digits.isEmpty() && Long.parseLong(digits) < first) {
            return new Whole();
        }
        return first >= bytes ? new Unsatisfiable() : new Part(first, last);
    }
}
