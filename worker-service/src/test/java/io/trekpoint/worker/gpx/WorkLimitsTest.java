package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.gpx.AscentMethod;
import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.edit.Editor;
import io.trekpoint.worker.gpx.privacy.Privatizer;
import io.trekpoint.worker.gpx.profile.ElevationProfile;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxLimits.Stop;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.simplify.Simplifier;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines made to cost much: the work on them is bounded, and stops soon after it is told to. */
class WorkLimitsTest {

    private static final int POINTS = 150_000;

    /** Some milliseconds, on a machine that has nothing else to do. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private interface Work {
        void on(GpxDocument document, GpxLimits limits) throws Exception;
    }

    static Stream<Arguments> worksOnLines() {
        var works =
                List.of(
                        Named.<Work>of("rdp", simplify(Simplifying.Algorithm.RDP, false)),
                        Named.<Work>of(
                                "rdp to a number", simplify(Simplifying.Algorithm.RDP, true)),
                        Named.<Work>of(
                                "visvalingam", simplify(Simplifying.Algorithm.VISVALINGAM, false)),
                        Named.<Work>of("zones", WorkLimitsTest::hide),
                        Named.<Work>of("geodesic", WorkLimitsTest::measure),
                        Named.<Work>of("crop", edit(new EditOp.CropToBox(-180, -90, 180, 90))),
                        Named.<Work>of("split", edit(new EditOp.SplitAtGap(1e6))));
        var lines =
                List.of(
                        Named.of("one place", line(i -> 46, i -> 8)),
                        Named.of(
                                "a growing saw",
                                line(i -> (i % 2 == 0 ? i : -i) * 1e-6, i -> 8 + i * 1e-6)),
                        Named.of(
                                "antipodes",
                                line(i -> i % 2 == 0 ? 0.3 : -0.3, i -> i % 2 == 0 ? 0 : 179.6)),
                        Named.of(
                                "a spiral",
                                line(
                                        i -> 46 + i * 1e-6 * Math.sin(i / 9.0),
                                        i -> 8 + i * 1e-6 * Math.cos(i / 9.0))));
        return works.stream().flatMap(work -> lines.stream().map(line -> Arguments.of(work, line)));
    }

    private static GpxDocument line(IntToDoubleFunction lat, IntToDoubleFunction lon) {
        var line = new Points();
        for (int i = 0; i < POINTS; i++) {
            line.add(lat.applyAsDouble(i), lon.applyAsDouble(i));
        }
        return Lines.track(line);
    }

    @ParameterizedTest
    @MethodSource("worksOnLines")
    void endsAndAsksOnTheWayWhetherToGoOn(Work work, GpxDocument document) throws Exception {
        var asked = new ArrayList<>(List.of(System.nanoTime()));

        work.on(
                document,
                GpxLimits.DEFAULT.stoppedBy(() -> {
                    asked.add(System.nanoTime());
                    return Stop.NO;
                }));

        assertThat(asked).hasSizeGreaterThan(1);
        asked.add(System.nanoTime());
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isLessThan(LONGEST_SILENCE.toNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("worksOnLines")
    void stopsWhenToldTo(Work work, GpxDocument document) {
        var asked = new AtomicInteger();
        var limits =
                GpxLimits.DEFAULT.stoppedBy(() -> {
                    asked.incrementAndGet();
                    return Stop.CANCELLED;
                });

        assertThatThrownBy(() -> work.on(document, limits))
                .isInstanceOfSatisfying(
                        GpxException.class,
                        e -> assertThat(e.code()).isEqualTo(GpxException.Code.CANCELLED));
        assertThat(asked.get()).isEqualTo(1);
    }

    private static Work simplify(Simplifying.Algorithm algorithm, boolean counted) {
        var wanted =
                counted
                        ? new Simplifying(
                                algorithm,
                                OptionalDouble.empty(),
                                OptionalInt.of(POINTS / 2),
                                false)
                        : new Simplifying(
                                algorithm, OptionalDouble.of(0.01), OptionalInt.empty(), false);
        return (document, limits) -> Simplifier.run(document, wanted, limits);
    }

    private static void hide(GpxDocument document, GpxLimits limits) {
        var zones = Collections.nCopies(50, new Privacy.Zone(-80, -100, 500));
        Privatizer.run(document, new Privacy(0, 0, zones, false), limits);
    }

    private static void measure(GpxDocument document, GpxLimits limits) {
        var measuring = new Measuring(DistanceMethod.GEODESIC, AscentMethod.RAW, 0, 1, 0);
        Measures.of(document, measuring, limits);
    }

    private static Work edit(EditOp op) {
        return (document, limits) -> Editor.run(List.of(document), List.of(op), limits);
    }

    @Test
    void makesNoMoreLinesThanAllowedByASplit() {
        var line = line(i -> 46 + i * 1e-4, i -> 8);

        assertThatThrownBy(() -> edit(new EditOp.SplitAtDistance(1)).on(line, GpxLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        GpxException.class,
                        e -> assertThat(e.code()).isEqualTo(GpxException.Code.TOO_MANY_LINES));
    }

    @Test
    void makesNoMoreLinesThanAllowedByAZone() {
        var saw = line(i -> 46, i -> i % 2 == 0 ? 7.9 : 8.1);
        var wanted = new Privacy(0, 0, List.of(new Privacy.Zone(46, 8, 500)), false);

        assertThatThrownBy(() -> Privatizer.run(saw, wanted, GpxLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        GpxException.class,
                        e -> assertThat(e.code()).isEqualTo(GpxException.Code.TOO_MANY_LINES));
    }

    @Test
    void allowsAsManyLinesToEachOfSeveralSteps() {
        var segments = new Points[6_000];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = Lines.of(1, 2, 1, 3);
        }
        var twice = new EditOp.CropToBox(0, 0, 10, 10);

        var edited =
                Editor.run(
                        List.of(Lines.track(segments)), List.of(twice, twice), GpxLimits.DEFAULT);

        assertThat(edited.document().segmentCount()).isEqualTo(6_000);
    }

    /** Whether a point is planned or recorded was once looked up among all routes. */
    @Test
    @Timeout(60)
    void cropsManyRoutesWithoutTimesInOnePass() throws Exception {
        var route = "<rte>" + "<rtept lat='1' lon='2'/>".repeat(90) + "</rte>";
        var gpx = "<gpx version='1.1'>" + route.repeat(9_900) + "</gpx>";
        var span = new EditOp.CropToTime(Optional.of(Instant.EPOCH), Optional.empty());

        var result =
                GpxJob.run(
                        new GpxTask.Edit(ReadingMode.LENIENT, List.of(span)),
                        List.of(GpxSource.of(gpx.getBytes(UTF_8))),
                        GpxLimits.DEFAULT,
                        OutputStream.nullOutputStream());

        assertThat(result.counts().routes()).isEqualTo(9_900);
    }

    @Test
    void drawsAProfileOfASawInBoundedSpace() throws Exception {
        var saw = new Points();
        for (int i = 0; i < POINTS; i++) {
            saw.add(46 + i * 1e-6, 8);
            saw.set(Channel.ELE, i % 2 == 0 ? 0 : 1_000);
        }
        var wanted =
                new GpxTask.Profile(ReadingMode.LENIENT, 400, 100, 500, GpxTask.Profile.Form.SVG);
        var out = new ByteArrayOutputStream();

        ElevationProfile.write(Lines.track(saw), wanted, out);

        assertThat(out.size()).isLessThan(64 << 10);
    }
}
