package io.trekpoint.bench.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured of each contender, round by round. */
final class Measured {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Keeps a value, and tells it. */
    void note(Contender contender, String what, double value) {
        System.out.printf(Locale.ROOT, "  %s: %.2f%n", what, value);
        values.computeIfAbsent(key(contender, what), _ -> new ArrayList<>()).add(value);
    }

    /** The median of the rounds; not a number where there was none. */
    double median(Contender contender, String what) {
        double[] all =
                values.getOrDefault(key(contender, what), List.of()).stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        return all.length == 0 ? Double.NaN : all[all.length / 2];
    }

    private static String key(Contender contender, String what) {
        return contender.label() + ": " + what;
    }
}
