package io.trekpoint.worker.gpx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds numbers against others and remembers the greatest difference of each measure, so that the
 * documentation can state what was found and not what was allowed.
 */
public final class Deviations {

    private static final class Greatest {
        private int compared;
        private double absolute;
        private double relative;
    }

    private final Map<String, Greatest> byMeasure = new TreeMap<>();

    /** Nothing compared yet. */
    public Deviations() {}

    /** Compares two numbers; the difference may be {@code allowed}. */
    public void check(String measure, double ours, double theirs, double allowed) {
        assertThat(ours).as(measure).isCloseTo(theirs, within(allowed));
        var greatest = byMeasure.computeIfAbsent(measure, _ -> new Greatest());
        double difference = Math.abs(ours - theirs);
        greatest.compared++;
        greatest.absolute = Math.max(greatest.absolute, difference);
        if (theirs != 0) {
            greatest.relative = Math.max(greatest.relative, difference / Math.abs(theirs));
        }
    }

    /** How often a measure was compared. */
    public int compared(String measure) {
        var greatest = byMeasure.get(measure);
        return greatest == null ? 0 : greatest.compared;
    }

    /** Writes the table, as Markdown, beside the other results of the build. */
    public void write(String name) throws IOException {
        var table = new StringBuilder("| measure | compared | greatest difference | relative |\n");
        table.append("|---|---:|---:|---:|\n");
        byMeasure.forEach((measure, greatest) ->
                table.append(
                        "| %s | %d | %.1e | %.1e |\n"
                                .formatted(
                                        measure,
                                        greatest.compared,
                                        greatest.absolute,
                                        greatest.relative)));
        Files.writeString(
                Files.createDirectories(Path.of("target", "exactness")).resolve(name), table);
    }
}
