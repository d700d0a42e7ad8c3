package io.trekpoint.bench.gpx;

import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Simplifying.Algorithm;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.simplify.Simplifier;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Thins out made lines of 1.4 million points, held in memory, and prints for each line and
 * algorithm a row: line, algorithm, seconds of the thread's CPU (the median of three), points left,
 * greatest error in metres; parted by tabs.
 */
final class ThinningLoop {

    private static final int POINTS = 1_400_000;
    private static final int LAPS = 3;

    private ThinningLoop() {}

    /** Does it. */
    public static void main(String[] args) {
        for (var line : MadeLine.values()) {
            var document = document(line.points(POINTS));
            for (var algorithm : Algorithm.values()) {
                row(line, algorithm, "10 m", document, within(algorithm));
                row(line, algorithm, "1 000 points", document, upTo(algorithm));
            }
        }
    }

    private static Simplifying within(Algorithm algorithm) {
        return new Simplifying(algorithm, OptionalDouble.of(10), OptionalInt.empty(), false);
    }

    private static Simplifying upTo(Algorithm algorithm) {
        return new Simplifying(algorithm, OptionalDouble.empty(), OptionalInt.of(1_000), false);
    }

    private static void row(
            MadeLine line,
            Algorithm algorithm,
            String wanted,
            GpxDocument document,
            Simplifying simplifying) {
        var seconds = new double[LAPS];
        int after = 0;
        double error = 0;
        for (int lap = 0; lap < LAPS; lap++) {
            long began = cpu();
            var thin = Simplifier.run(document, simplifying, Work.limits());
            seconds[lap] = (cpu() - began) / 1e9;
            after = thin.after();
            error = thin.greatestErrorM();
        }
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%s\t%s, %s\t%.2f\t%d\t%.2f%n",
                line.label(),
                algorithm.name().toLowerCase(Locale.ROOT),
                wanted,
                seconds[LAPS / 2],
                after,
                error);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static GpxDocument document(Points points) {
        var track = new Track(About.NOTHING, List.of(points));
        return new GpxDocument(
                "1.1", "bench", Metadata.NOTHING, new Points(), List.of(), List.of(track), null);
    }
}
