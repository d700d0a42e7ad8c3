package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Fix;
import java.util.regex.Pattern;

/** What an element's text or an attribute may be, after the schemas of GPX 1.0 and 1.1. */
enum Value {
    /** Any text. */
    TEXT("any text"),
    /** A decimal number without an exponent. */
    DECIMAL("a decimal number"),
    /** A whole number. */
    INTEGER("a whole number"),
    /** A whole number, 0 or more. */
    COUNT("a whole number, 0 or more"),
    /** A latitude. */
    LATITUDE("degrees from -90 to 90"),
    /** A longitude of GPX 1.0. */
    LONGITUDE_1_0("degrees from -180 to 180"),
    /** A longitude of GPX 1.1. */
    LONGITUDE_1_1("degrees from -180 to below 180"),
    /** A direction, 360 excluded. */
    DEGREES_1_1("degrees from 0 to below 360"),
    /** A direction, 360 included. */
    DEGREES_1_0("degrees from 0 to 360"),
    /** A station of differential GPS. */
    STATION("a whole number from 0 to 1023"),
    /** A kind of fix. */
    FIX("none, 2d, 3d, dgps or pps"),
    /** A moment. */
    TIME("a time such as 2026-11-23T06:00:00Z"),
    /** A year. */
    YEAR("a year of four digits"),
    /** An address of GPX 1.0. */
    EMAIL("an e-mail address");

    private final String rule;

    Value(String rule) {
        this.rule = rule;
    }

    /** What it must be, in words. */
    String rule() {
        return rule;
    }

    /** Whether a value, stripped, is one. */
    boolean accepts(String value) {
        return switch (this) {
            case TEXT -> true;
            case DECIMAL -> decimal(value);
            case INTEGER -> Patterns.INTEGER.matcher(value).matches();
            case COUNT -> Patterns.COUNT.matcher(value).matches();
            case LATITUDE -> within(value, -90, 90, true);
            case LONGITUDE_1_0 -> within(value, -180, 180, true);
            case LONGITUDE_1_1 -> within(value, -180, 180, false);
            case DEGREES_1_1 -> within(value, 0, 360, false);
            case DEGREES_1_0 -> within(value, 0, 360, true);
            case STATION -> INTEGER.accepts(value) && within(value, 0, 1023, true);
            case FIX -> !Double.isNaN(Fix.code(value));
            case TIME -> Patterns.TIME.matcher(value).matches();
            case YEAR -> Patterns.YEAR.matcher(value).matches();
            case EMAIL -> Patterns.EMAIL.matcher(value).matches();
        };
    }

    private static boolean decimal(String value) {
        return Patterns.DECIMAL.matcher(value).matches();
    }

    private static boolean within(String value, double least, double most, boolean inclusive) {
        if (!decimal(value)) {
            return false;
        }
        double number = Double.parseDouble(value);
        return number >= least && (inclusive ? number <= most : number < most);
    }

    private static final class Patterns {
        static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)");
        static final Pattern INTEGER = Pattern.compile("[+-]?\\d++");
        static final Pattern COUNT = Pattern.compile("\\+?\\d++|-0++");
        static final Pattern YEAR = Pattern.compile("-?\\d{4,}+(?:Z|[+-]\\d{2}:\\d{2})?");
        static final Pattern EMAIL =
                Pattern.compile("[\\p{L}_]++(?:\\.[\\p{L}_]++)*+@[\\p{L}_]++(?:\\.[\\p{L}_]++)*+");
        static final Pattern TIME =
                Pattern.compile(
                        "-?\\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
                                + "T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)"
                                + "(?:Z|[+-](?:0\\d|1[0-4]):[0-5]\\d)?");
    }
}
