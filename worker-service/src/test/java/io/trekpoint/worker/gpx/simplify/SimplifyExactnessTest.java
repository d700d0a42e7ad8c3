package io.trekpoint.worker.gpx.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Simplifying.Algorithm;
import io.trekpoint.worker.gpx.Deviations;
import io.trekpoint.worker.gpx.RealFiles;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Meter;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The error that thinning out reports, held against the geodesics of GeographicLib. */
class SimplifyExactnessTest {

    private static final double[] TOLERANCES = {2, 10, 100};
    private static final int[] MOST = {2, 30, 300};
    private static final Deviations DEVIATIONS = new Deviations();

    static List<String> names() {
        return RealFiles.names();
    }

    @AfterAll
    static void writeTable() throws IOException {
        DEVIATIONS.write("simplify.md");
    }

    @ParameterizedTest
    @MethodSource("names")
    void reportsAnErrorThatIsTrueAndWithinTheTolerance(String name) throws IOException {
        var document = read(name);
        for (var algorithm : Algorithm.values()) {
            for (double tolerance : TOLERANCES) {
                var wanted =
                        new Simplifying(
                                algorithm,
                                OptionalDouble.of(tolerance),
                                OptionalInt.empty(),
                                tolerance == 10);

                var thin = Simplifier.run(document, wanted, GpxLimits.DEFAULT);

                assertThat(thin.greatestErrorM()).isLessThanOrEqualTo(tolerance);
                checkTruth(document, thin, algorithm);
                if (wanted.keepEle()) {
                    checkElevations(document, thin.document());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void reportsAnErrorThatIsTrueForAsManyPointsAsAsked(String name) throws IOException {
        var document = read(name);
        int ends = ends(document);
        for (var algorithm : Algorithm.values()) {
            for (int most : MOST) {
                var wanted =
                        new Simplifying(
                                algorithm, OptionalDouble.empty(), OptionalInt.of(most), false);

                var thin = Simplifier.run(document, wanted, GpxLimits.DEFAULT);

                assertThat(thin.before()).isEqualTo(document.linePointCount());
                assertThat(thin.after())
                        .isEqualTo(Math.min(thin.before(), Math.max(most, ends)))
                        .isEqualTo(thin.document().linePointCount());
                checkTruth(document, thin, algorithm);
            }
        }
    }

    private static void checkTruth(GpxDocument before, Simplified thin, Algorithm algorithm) {
        double measured = GreatestError.of(before, thin.document());
        DEVIATIONS.check(
                "greatest error, m, " + algorithm.name().toLowerCase(Locale.ROOT),
                thin.greatestErrorM(),
                measured,
                1e-3 + measured * 1e-5);
    }

    private static void checkElevations(GpxDocument before, GpxDocument after) {
        var thick = new Meter(Measuring.DEFAULT);
        var thin = new Meter(Measuring.DEFAULT);
        before.tracks().forEach(track -> track.segments().forEach(thick::add));
        after.tracks().forEach(track -> track.segments().forEach(thin::add));
        assertThat(thin.stats().eleMinM()).isEqualTo(Double.valueOf(thick.stats().eleMinM()));
        assertThat(thin.stats().eleMaxM()).isEqualTo(Double.valueOf(thick.stats().eleMaxM()));
    }

    /** How many points stay in any case: the ends of every line. */
    private static int ends(GpxDocument document) {
        int ends = 0;
        for (var track : document.tracks()) {
            ends += track.segments().stream().mapToInt(SimplifyExactnessTest::ends).sum();
        }
        return ends + document.routes().stream().mapToInt(route -> ends(route.points())).sum();
    }

    private static int ends(Points line) {
        return Math.min(2, line.size());
    }

    private static GpxDocument read(String name) throws IOException {
        var reading = GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT);
        return GreatestError.numbered(reading.document());
    }
}
