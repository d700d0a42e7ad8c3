package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Points;

/**
 * Points in time as RFC 3339 and XML Schema write them, and as careless programs do: {@code t} or a
 * space between date and time, no zone, a zone without its colon. Years 0000 to 9999; fractions
 * beyond milliseconds are cut off; a leap second is the second after it.
 */
final class Timestamps {

    private static final long DAY = 86_400_000L;
    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private char[] text = {};
    private int at;
    private int end;
    private boolean zoned;

    /** Epoch milliseconds, or {@link Points#NO_TIME} where the characters are not a time. */
    long parse(char[] chars, int from, int to) {
        text = chars;
        at = from;
        end = to;
        zoned = false;
        if (to - from < "2026-01-01T00:00:00".length()) {
            return Points.NO_TIME;
        }
        int year = digits(4);
        boolean shaped = skip('-');
        int month = digits(2);
        shaped &= skip('-');
        int day = digits(2);
        shaped &= skip('T') || skip('t') || skip(' ');
        int hour = digits(2);
        shaped &= skip(':');
        int minute = digits(2);
        shaped &= skip(':');
        int second = digits(2);
        if (!shaped || !isDate(year, month, day) || !isTime(hour, minute, second)) {
            return Points.NO_TIME;
        }
        int millis = fraction();
        long offset = offsetMillis();
        if (millis < 0 || offset == Points.NO_TIME || at != end) {
            return Points.NO_TIME;
        }
        long time = epochDay(year, month, day) * DAY;
        time += ((hour * 60L + minute) * 60L + second) * 1000L + millis - offset;
        return time < Points.FIRST_TIME || time > Points.LAST_TIME ? Points.NO_TIME : time;
    }

    /** Whether the last parsed time named its zone. */
    boolean zoned() {
        return zoned;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            char c = at < end ? text[at] : ' ';
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private boolean skip(char expected) {
        if (at < end && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Milliseconds of the fraction, 0 where there is none, -1 where a point has no digits. */
    private int fraction() {
        if (!skip('.') && !skip(',')) {
            return 0;
        }
        int first = at;
        int millis = 0;
        int weight = 100;
        for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
            millis += weight * (text[at] - '0');
            weight /= 10;
        }
        return at == first ? -1 : millis;
    }

    private long offsetMillis() {
        if (at == end) {
            return 0;
        }
        zoned = true;
        if (skip('Z') || skip('z')) {
            return 0;
        }
        int sign = skip('+') ? 1 : skip('-') ? -1 : 0;
        int hours = digits(2);
        int minutes = 0;
        if (hours >= 0 && at < end) {
            skip(':');
            minutes = digits(2);
        }
        if (sign == 0 || hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return Points.NO_TIME;
        }
        return sign * (hours * 60L + minutes) * 60_000L;
    }

    private static boolean isDate(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= DAYS_IN_MONTH[month - 1] + (leap && month == 2 ? 1 : 0);
    }

    private static boolean isTime(int hour, int minute, int second) {
        if (hour == 24) {
            return minute == 0 && second == 0;
        }
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    }

    /** Days since 1970-01-01, counted in years that begin in March so that leap days come last. */
    private static long epochDay(int year, int month, int day) {
        long shifted = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097
                + yearOfEra * 365
                + yearOfEra / 4
                - yearOfEra / 100
                + dayOfYear
                - 719_468;
    }
}
