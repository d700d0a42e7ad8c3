package io.trekpoint.worker.gpx.simplify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Simplifying.Algorithm;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimplifierTest {

    /** What a great-circle leg and a plane through two places can differ by, with room. */
    private static final double TRUE_WITHIN = 0.006;

    @ParameterizedTest
    @EnumSource
    void leavesOutWhatLiesOnTheWay(Algorithm algorithm) {
        var thin = run(Lines.of(0, 0, 0, 1e-4, 0, 2e-4, 1e-4, 2e-4), wanted(algorithm, 1));

        assertThat(thin.before()).isEqualTo(4);
        assertThat(thin.after()).isEqualTo(3);
        assertThat(thin.greatestErrorM()).isCloseTo(0, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"RDP, 5", "RDP, 40", "VISVALINGAM, 5", "VISVALINGAM, 40"})
    void tellsAnErrorThatIsTrueAndWithinTheTolerance(Algorithm algorithm, double tolerance) {
        var line = wander(new Random(7), 3_000, 46, 8);

        var thin = run(line, wanted(algorithm, tolerance));

        double measured = GreatestError.of(line, Lines.first(thin.document()));
        assertThat(thin.greatestErrorM()).isLessThanOrEqualTo(tolerance);
        assertThat(thin.greatestErrorM())
                .isCloseTo(measured, within(0.01 + measured * TRUE_WITHIN));
        assertThat(thin.after()).isLessThan(thin.before() / 2);
    }

    @ParameterizedTest
    @CsvSource({"RDP, 46, 179.99", "RDP, 89.99, 10", "VISVALINGAM, -60, -179.999"})
    void knowsNoSeamAndNoPole(Algorithm algorithm, double lat, double lon) {
        var line = wander(new Random(11), 800, lat, lon);

        var thin = run(line, wanted(algorithm, 20));

        assertThat(GreatestError.of(line, Lines.first(thin.document())))
                .isLessThanOrEqualTo(20 * (1 + TRUE_WITHIN));
    }

    @Test
    void followsTheGeodesicOnLongLegs() {
        // Half way from Lisbon to New York the geodesic lies far north of the straight line on a
        // map.
        var geodesic = Geodesic.WGS84.InverseLine(38.7, -9.1, 40.7, -74);
        var half = geodesic.Position(geodesic.Distance() / 2);
        var line = Lines.of(38.7, -9.1, half.lat2, half.lon2, 40.7, -74);

        assertThat(run(line, wanted(Algorithm.RDP, 3_000)).after()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void keepsAsManyPointsAsAsked(Algorithm algorithm) {
        var line = wander(new Random(3), 1_000, 46, 8);

        var thin =
                run(
                        line,
                        new Simplifying(
                                algorithm, OptionalDouble.empty(), OptionalInt.of(100), false));

        assertThat(thin.after()).isEqualTo(100);
        assertThat(Lines.first(thin.document()).lat(0)).isEqualTo(line.lat(0));
        assertThat(Lines.first(thin.document()).lat(99)).isEqualTo(line.lat(999));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheHighestAndTheLowestPointWhereAsked(Algorithm algorithm) {
        var line = new Points();
        for (int i = 0; i < 10; i++) {
            line.add(0, i * 1e-4);
            line.set(Channel.ELE, i == 3 ? 900 : i == 6 ? -5 : 100);
        }
        var wanted = new Simplifying(algorithm, OptionalDouble.of(1), OptionalInt.empty(), true);

        var thin = Lines.first(run(line, wanted).document());

        assertThat(thin.size()).isEqualTo(4);
        assertThat(thin.get(Channel.ELE, 1)).isEqualTo(900);
        assertThat(thin.get(Channel.ELE, 2)).isEqualTo(-5);
    }

    @Test
    void staysWithinItsToleranceOnALineMadeToCostTheSquareOfItsPoints() {
        // Each furthest point lies at the end of its stretch.
        var line = new Points();
        for (int i = 0; i < 60_000; i++) {
            line.add(i % 2 == 0 ? i * 1e-6 : -i * 1e-6, 8 + i * 1e-6);
        }

        var thin = run(line, wanted(Algorithm.RDP, 0.5));

        assertThat(thin.greatestErrorM()).isLessThanOrEqualTo(0.5);
    }

    @ParameterizedTest
    @EnumSource
    void takesLinesOfNoOneAndTwoPoints(Algorithm algorithm) {
        assertThat(run(Lines.of(), wanted(algorithm, 1)).after()).isZero();
        assertThat(run(Lines.of(1, 2), wanted(algorithm, 1)).after()).isEqualTo(1);
        assertThat(run(Lines.of(1, 2, 1, 2), wanted(algorithm, 1)).after()).isEqualTo(2);
        assertThat(run(Lines.of(1, 2, -1, -178, 1, 2), wanted(algorithm, 1)).after()).isPositive();
    }

    private static Simplified run(Points line, Simplifying wanted) {
        return Simplifier.run(Lines.track(line), wanted, GpxLimits.DEFAULT);
    }

    private static Simplifying wanted(Algorithm algorithm, double tolerance) {
        return new Simplifying(algorithm, OptionalDouble.of(tolerance), OptionalInt.empty(), false);
    }

    private static Points wander(Random random, int points, double fromLat, double fromLon) {
        var line = new Points();
        double lat = fromLat;
        double lon = fromLon;
        double course = 0;
        for (int i = 0; i < points; i++) {
            line.add(lat, lon);
            course += random.nextGaussian() * 25;
            var next = Geodesic.WGS84.Direct(lat, lon, course, 12);
            lat = next.lat2;
            lon = next.lon2;
        }
        return line;
    }
}
