package io.trekpoint.lanes.flag.rule;

import java.math.BigDecimal;

/** Numbers as JavaScript writes and reads them. */
final class NumberText {
    private static final double PLAIN_FROM = 1e-6;
    private static final double PLAIN_BELOW = 1e21;
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;
    private static final int LONGEST_INDEX = 9;

    private NumberText() {}

    /** The shortest text that reads back as this number: {@code 1}, {@code 0.5}, {@code 1e+21}. */
    static String of(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT) {
            return Long.toString((long) number);
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    /** A text that is a number and nothing else; 0 for an empty one, else NaN. */
    static double whole(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return 0;
        }
        int end = end(trimmed);
        if (end == trimmed.length()) {
            return parse(trimmed, end);
        }
        return radix(trimmed);
    }

    /** The number that a text begins with; NaN where it begins with none. */
    static double leading(String text) {
        String trimmed = text.stripLeading();
        int end = end(trimmed);
        return end == 0 ? Double.NaN : parse(trimmed, end);
    }

    /** A text that is the index of an element; -1 for any other. */
    static int index(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST_INDEX || (length > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < length; i++) {
            if (!digit(text, i)) {
                return -1;
            }
            index = index * 10 + text.charAt(i) - '0';
        }
        return index;
    }

    private static double parse(String text, int end) {
        return Double.parseDouble(end == text.length() ? text : text.substring(0, end));
    }

    /** Where the decimal number at the beginning of a text ends; 0 where there is none. */
    private static int end(String text) {
        int start = sign(text, 0);
        if (text.startsWith("Infinity", start)) {
            return start + "Infinity".length();
        }
        int whole = digits(text, start);
        int end = whole;
        boolean any = whole > start;
        if (end < text.length() && text.charAt(end) == '.') {
            int fraction = digits(text, end + 1);
            any |= fraction > end + 1;
            end = fraction;
        }
        if (!any) {
            return 0;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int from = sign(text, end + 1);
            int exponent = digits(text, from);
            return exponent > from ? exponent : end;
        }
        return end;
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')
                ? at + 1
                : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && digit(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean digit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static double radix(String text) {
        if (text.length() < 3 || text.charAt(0) != '0') {
            return Double.NaN;
        }
        int radix =
                switch (text.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 0;
                };
        if (radix == 0) {
            return Double.NaN;
        }
        double value = 0;
        for (int i = 2; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return Double.NaN;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
