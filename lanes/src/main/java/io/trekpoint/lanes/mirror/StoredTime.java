package io.trekpoint.lanes.mirror;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads the times that {@link Instant#toString} writes. Every entry has one, and the formatter of
 * the JDK would take a twentieth of the time in which a cold mirror fills.
 */
final class StoredTime {
    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final int SECONDS_END = SHAPE.length();
    private static final int NANO_DIGITS = 9;

    private StoredTime() {}

    /**
     * Reads a time.
     *
     * @throws java.time.DateTimeException when it is none
     */
    static Instant read(String text) {
        int nanos = hasShape(text) ? nanos(text) : -1;
        if (nanos < 0) {
            return Instant.parse(text);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static boolean hasShape(String text) {
        if (text.length() <= SECONDS_END || text.charAt(text.length() - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < SECONDS_END; i++) {
            char wanted = SHAPE.charAt(i);
            boolean right = wanted == '0' ? isDigit(text.charAt(i)) : text.charAt(i) == wanted;
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** The part of a second, 0 where there is none, and -1 for something else. */
    private static int nanos(String text) {
        int end = text.length() - 1;
        if (end == SECONDS_END) {
            return 0;
        }
        int first = SECONDS_END + 1;
        int digits = end - first;
        if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > NANO_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < NANO_DIGITS; i++) {
            char digit = i < digits ? text.charAt(first + i) : '0';
            if (!isDigit(digit)) {
                return -1;
            }
            nanos = nanos * 10 + digit - '0';
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
