package io.trekpoint.worker.gpx.read;

/**
 * Decimal numbers, strictly: an optional sign, digits with at most one point among them, an
 * optional exponent. None of the words, suffixes and hexadecimal forms of {@link
 * Double#parseDouble}.
 */
final class Decimals {

    /** With so many digits a long cannot overflow. */
    private static final int SAFE_DIGITS = 18;

    /** Up to here every whole number is a double. */
    private static final long GREATEST_EXACT = 1L << 53;

    private static final int POINT = '.' - '0';
    private static final int MAX_EXPONENT_DIGITS = 4;
    private static final int NO_EXPONENT = Integer.MIN_VALUE;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private Decimals() {}

    /**
     * The double nearest to the number, or NaN where the characters are not a number or one too
     * large for a double. Never a negative zero.
     */
    static double parse(char[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at++] == '-';
        }
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                digits++;
            } else if (digit == POINT && point < 0) {
                point = digits;
            } else {
                break;
            }
        }
        int exponent = at < to ? exponent(text, at, to) : 0;
        if (digits == 0 || exponent == NO_EXPONENT) {
            return Double.NaN;
        }
        int scale = exponent - (point < 0 ? 0 : digits - point);
        if (digits > SAFE_DIGITS
                || mantissa > GREATEST_EXACT
                || Math.abs(scale) >= POWERS_OF_TEN.length) {
            return slow(text, from, to);
        }
        // Mantissa and power are exact doubles, so that one operation rounds once: to the nearest.
        double value =
                scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
        return (negative ? -value : value) + 0.0;
    }

    /** The exponent that the characters are, with its e. */
    private static int exponent(char[] text, int from, int to) {
        int at = from + 1;
        boolean negative = at < to && text[at] == '-';
        if (negative || (at < to && text[at] == '+')) {
            at++;
        }
        int digits = to - at;
        if ((text[from] | ' ') != 'e' || digits < 1 || digits > MAX_EXPONENT_DIGITS) {
            return NO_EXPONENT;
        }
        int exponent = 0;
        for (; at < to; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return NO_EXPONENT;
            }
            exponent = exponent * 10 + (text[at] - '0');
        }
        return negative ? -exponent : exponent;
    }

    private static double slow(char[] text, int from, int to) {
        double value = Double.parseDouble(new String(text, from, to - from));
        return Double.isInfinite(value) ? Double.NaN : value + 0.0;
    }
}
