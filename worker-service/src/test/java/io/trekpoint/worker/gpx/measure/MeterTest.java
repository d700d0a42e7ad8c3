package io.trekpoint.worker.gpx.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final double DEGREE_M = 6_371_008.8 * Math.PI / 180;

    @Test
    void measuresGreatCircles() {
        var alongEquator = measure(line(0, 10, 0, 11));
        var overThePole = measure(line(89, 0, 89, 180));
        var acrossTheDateline = measure(line(0, 179.5, 0, -179.5));

        assertThat(alongEquator.length2dM()).isCloseTo(DEGREE_M, within(1e-6));
        assertThat(overThePole.length2dM()).isCloseTo(2 * DEGREE_M, within(1e-6));
        assertThat(acrossTheDateline.length2dM()).isCloseTo(DEGREE_M, within(1e-6));
        assertThat(measure(line(0, 0, 0, 180)).length2dM()).isCloseTo(180 * DEGREE_M, within(1e-6));
    }

    @Test
    void addsTheRiseWhereBothEndsHaveOne() {
        var line = new Points();
        line.add(0, 0);
        line.set(Channel.ELE, 100);
        line.add(0, 0);
        line.set(Channel.ELE, 130);
        line.add(0, 0);

        assertThat(measure(line).length3dM()).isEqualTo(30);
        assertThat(measure(line).length2dM()).isZero();
    }

    @Test
    void climbsOnlyBetweenTurnsThatExceedTheThreshold() {
        var noise = measure(elevations(100, 103, 99, 102, 99));
        var hill = measure(elevations(100, 104, 102, 110, 107, 120, 118, 111, 113, 100));
        var endsOnTheWay = measure(elevations(100, 94, 102, 104));

        assertThat(noise.ascentM()).isZero();
        assertThat(noise.descentM()).isZero();
        assertThat(hill.ascentM()).isEqualTo(20);
        assertThat(hill.descentM()).isEqualTo(20);
        assertThat(endsOnTheWay.ascentM()).isEqualTo(10);
        assertThat(endsOnTheWay.descentM()).isEqualTo(6);
        assertThat(hill.eleMinM()).isEqualTo(100);
        assertThat(hill.eleMaxM()).isEqualTo(120);
    }

    @Test
    void countsTheFirstClimbFromItsLowestPoint() {
        var stats = measure(elevations(100, 97, 101, 104));

        assertThat(stats.ascentM()).isEqualTo(7);
        assertThat(stats.descentM()).isZero();
    }

    @Test
    void tellsMovingFromStanding() {
        var line = new Points();
        timed(line, 0, 0);
        timed(line, 0.001, 60);
        timed(line, 0.001, 360);
        timed(line, 0.002, 420);

        var stats = measure(line);

        assertThat(stats.elapsedS()).isEqualTo(420);
        assertThat(stats.movingS()).isEqualTo(120);
        assertThat(stats.stoppedS()).isEqualTo(300);
        assertThat(stats.movingM()).isCloseTo(0.002 * DEGREE_M, within(1e-6));
        assertThat(stats.avgSpeedMps()).isCloseTo(0.002 * DEGREE_M / 420, within(1e-9));
        assertThat(stats.maxSpeedMps()).isCloseTo(0.001 * DEGREE_M / 60, within(1e-9));
    }

    @Test
    void addsUpTheWayOfPointsWithoutAClock() {
        var line = new Points();
        timed(line, 0, 0);
        line.add(0, 0.001);
        timed(line, 0.002, 0);
        timed(line, 0.003, 60);

        assertThat(measure(line).movingM()).isCloseTo(0.003 * DEGREE_M, within(1e-6));
    }

    @Test
    void neverStopsForLessThanNoTimeWhenTheClockGoesBack() {
        var line = new Points();
        timed(line, 0, 100);
        timed(line, 0.01, 160);
        timed(line, 0.02, 90);
        timed(line, 0.03, 150);

        var stats = measure(line);

        assertThat(stats.elapsedS()).isEqualTo(70);
        assertThat(stats.stoppedS()).isZero();
    }

    @Test
    void leavesGapsBetweenLinesOut() {
        var first = new Points();
        timed(first, 0, 0);
        timed(first, 0.001, 60);
        var second = new Points();
        timed(second, 1, 3_600);
        timed(second, 1.001, 3_660);
        var total = new Meter(Measuring.DEFAULT);
        for (var line : new Points[] {first, second}) {
            var meter = new Meter(Measuring.DEFAULT);
            meter.add(line);
            total.add(meter);
        }

        var stats = total.stats();

        assertThat(stats.points()).isEqualTo(4);
        assertThat(stats.length2dM()).isCloseTo(0.002 * DEGREE_M, within(1e-6));
        assertThat(stats.elapsedS()).isEqualTo(120);
        assertThat(stats.startTime()).isZero();
        assertThat(stats.endTime()).isEqualTo(3_660_000);
    }

    @Test
    void averagesHeartRatesAndTheCadencesAboveZero() {
        var line = new Points();
        double[] cadences = {80, 0, 90};
        for (int i = 0; i < 3; i++) {
            line.add(0, 0);
            line.set(Channel.HR, 100 + i * 10);
            line.set(Channel.CAD, cadences[i]);
        }
        line.add(0, 0);

        var stats = measure(line);

        assertThat(stats.hrAvg()).isEqualTo(110);
        assertThat(stats.hrMax()).isEqualTo(120);
        assertThat(stats.cadAvg()).isEqualTo(85);
    }

    @Test
    void saysNothingAboutNothing() {
        var stats = measure(new Points());

        assertThat(stats.length2dM()).isZero();
        assertThat(stats.eleMinM()).isNaN();
        assertThat(stats.elapsedS()).isNaN();
        assertThat(stats.startTime()).isEqualTo(Points.NO_TIME);
        assertThat(stats.box()).isNull();
        assertThat(stats.hrAvg()).isNaN();
    }

    @Test
    void boxesLinesOnAGlobe() {
        assertThat(measure(line(1, 14, 3, 16, 2, 15)).box()).isEqualTo(new Box(14, 1, 16, 3));
        assertThat(measure(line(0, 179, 1, -179)).box()).isEqualTo(new Box(179, 0, -179, 1));
        assertThat(measure(line(0, -179, 1, 179)).box()).isEqualTo(new Box(179, 0, -179, 1));
        assertThat(measure(line(5, 5)).box()).isEqualTo(new Box(5, 5, 5, 5));
        assertThat(measure(line(0, 0, 0, 120, 0, -120, 0, 0)).box())
                .isEqualTo(new Box(-180, 0, 180, 0));
        assertThat(measure(line(0, 170, 0, -170, 0, -10, 0, 10)).box())
                .isEqualTo(new Box(170, 0, 10, 0));
    }

    @Test
    void boxesSeveralLinesByTheWidestGapBetweenThem() {
        assertThat(measure(line(0, 175, 0, 178), line(0, -178, 0, -170)).box())
                .isEqualTo(new Box(175, 0, -170, 0));
        assertThat(measure(line(0, -10, 0, 0), line(0, 20, 0, 30)).box())
                .isEqualTo(new Box(-10, 0, 30, 0));
        assertThat(measure(line(0, 179, 0, -170), line(0, -175, 0, -172)).box())
                .isEqualTo(new Box(179, 0, -170, 0));
    }

    private static Stats measure(Points... lines) {
        var meter = new Meter(Measuring.DEFAULT);
        for (var line : lines) {
            meter.add(line);
        }
        return meter.stats();
    }

    private static Points line(double... latLon) {
        var line = new Points();
        for (int i = 0; i < latLon.length; i += 2) {
            line.add(latLon[i], latLon[i + 1]);
        }
        return line;
    }

    private static Points elevations(double... metres) {
        var line = new Points();
        for (double ele : metres) {
            line.add(0, 0);
            line.set(Channel.ELE, ele);
        }
        return line;
    }

    private static void timed(Points line, double lon, long seconds) {
        line.add(0, lon);
        line.setTime(seconds * 1_000);
    }
}
