package io.trekpoint.worker.gpx.write;

import java.math.BigDecimal;

/** Numbers and times as characters, without a string between where that can be had. */
final class Digits {

    /** Room that one number or time needs at most. */
    static final int MAX_LENGTH = 400;

    private static final int DECIMALS = 7;
    private static final double SCALE = 1e7;
    private static final long DAY = 86_400_000L;

    private Digits() {}

    /**
     * Puts the shortest plain decimal that reads back as the same number: no exponent, no trailing
     * zeros, no negative zero.
     *
     * @param value a finite number
     * @return where the characters end
     */
    static int decimal(double value, char[] out, int at) {
        long scaled = Math.round(value * SCALE);
        // Both sides exact below 2^53: the division rounds once, as reading the decimal would.
        if (Math.abs(scaled) < 1L << 53 && scaled / SCALE == value) {
            return scaled(scaled, out, at);
        }
        String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        plain.getChars(0, plain.length(), out, at);
        return at + plain.length();
    }

    private static int scaled(long scaled, char[] out, int start) {
        int at = start;
        long rest = Math.abs(scaled);
        if (scaled < 0) {
            out[at++] = '-';
        }
        at = whole(rest / (long) SCALE, out, at);
        int fraction = (int) (rest % (long) SCALE);
        if (fraction == 0) {
            return at;
        }
        out[at] = '.';
        padded(fraction, DECIMALS, out, at + 1);
        at += 1 + DECIMALS;
        while (out[at - 1] == '0') {
            at--;
        }
        return at;
    }

    private static int whole(long value, char[] out, int at) {
        int length = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            length++;
        }
        long rest = value;
        for (int i = at + length - 1; i >= at; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return at + length;
    }

    private static void padded(int value, int width, char[] out, int at) {
        int rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Puts a time as RFC 3339 in UTC, with milliseconds only where there are some.
     *
     * @param epochMillis within the years 0000 to 9999
     * @return where the characters end
     */
    static int time(long epochMillis, char[] out, int at) {
        int millis = (int) Math.floorMod(epochMillis, DAY);
        date(Math.floorDiv(epochMillis, DAY), out, at);
        out[at + 10] = 'T';
        padded(millis / 3_600_000, 2, out, at + 11);
        out[at + 13] = ':';
        padded(millis / 60_000 % 60, 2, out, at + 14);
        out[at + 16] = ':';
        padded(millis / 1_000 % 60, 2, out, at + 17);
        int end = at + 19;
        if (millis % 1_000 != 0) {
            out[end] = '.';
            padded(millis % 1_000, 3, out, end + 1);
            end += 4;
        }
        out[end] = 'Z';
        return end + 1;
    }

    /** Years are counted from March, so that a leap day is the last day of its year. */
    private static void date(long epochDay, char[] out, int at) {
        long days = epochDay + 719_468;
        long era = Math.floorDiv(days, 146_097);
        int dayOfEra = (int) (days - era * 146_097);
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        int year = (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        padded(year, 4, out, at);
        out[at + 4] = '-';
        padded(month, 2, out, at + 5);
        out[at + 7] = '-';
        padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2, out, at + 8);
    }
}
