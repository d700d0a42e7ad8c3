package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Fix;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What an element's text or an attribute may be, after the schemas of GPX 1.0 and 1.1. */
enum Value {
    /** Any text. */
    TEXT("any text", value -> true),
    /** A decimal number without an exponent. */
    DECIMAL("a decimal number", Value::decimal),
    /** A whole number. */
    INTEGER("a whole number", value -> Patterns.INTEGER.matcher(value).matches()),
    /** A whole number, 0 or more. */
    COUNT("a whole number, 0 or more", value -> Patterns.COUNT.matcher(value).matches()),
    /** A latitude. */
    LATITUDE("degrees from -90 to 90", value -> within(value, -90, 90, true)),
    /** A longitude of GPX 1.0. */
    LONGITUDE_1_0("degrees from -180 to 180", value -> within(value, -180, 180, true)),
    /** A longitude of GPX 1.1. */
    LONGITUDE_1_1("degrees from -180 to below 180", value -> within(value, -180, 180, false)),
    /** A direction, 360 excluded. */
    DEGREES_1_1("degrees from 0 to below 360", value -> within(value, 0, 360, false)),
    /** A direction, 360 included. */
    DEGREES_1_0("degrees from 0 to 360", value -> within(value, 0, 360, true)),
    /** A station of differential GPS. */
    STATION(
            "a whole number from 0 to 1023",
            value -> INTEGER.accepts(value) && within(value, 0, 1023, true)),
    /** A kind of fix. */
    FIX("none, 2d, 3d, dgps or pps", value -> !Double.isNaN(Fix.code(value))),
    /** A moment. */
    TIME("a time such as 2026-11-23T06:00:00Z", value -> Patterns.TIME.matcher(value).matches()),
    /** A year. */
    YEAR("a year of four digits", value -> Patterns.YEAR.matcher(value).matches()),
    /** An address of GPX 1.0. */
    EMAIL("an e-mail address", value -> Patterns.EMAIL.matcher(value).matches());

    private final String rule;
    private final Predicate<String> test;

    Value(String rule, Predicate<String> test) {
        this.rule = rule;
        this.test = test;
    }

    /** What it must be, in words. */
    String rule() {
        return rule;
    }

    /** Whether a value, stripped, is one. */
    boolean accepts(String value) {
        return test.test(value);
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
