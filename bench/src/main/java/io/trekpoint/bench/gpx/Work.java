package io.trekpoint.bench.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenetics.jpx.GPX;
import io.jenetics.jpx.Track;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Simplifying.Algorithm;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.GpxJob;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What is done to a file in a JVM. */
enum Work {
    /** Our job {@code stats}: the numbers. */
    STATS(ours(new GpxTask.Stats(ReadingMode.LENIENT, Measuring.DEFAULT))),
    /** Our job {@code convert}, to GeoJSON. */
    GEOJSON(ours(new GpxTask.Convert(ReadingMode.LENIENT, Writing.of(Target.GEOJSON)))),
    /** Our job {@code import}: the numbers, and GPX 1.1. */
    IMPORT(ours(new GpxTask.Import(ReadingMode.LENIENT, Optional.empty()))),
    /** Our job {@code validate}: what is wrong, and where. */
    VALIDATE(ours(new GpxTask.Validate(Optional.empty()))),
    /** Our job {@code simplify} after Ramer, Douglas and Peucker. */
    RDP(ours(thinning(Algorithm.RDP))),
    /** Our job {@code simplify} after Visvalingam. */
    VISVALINGAM(ours(thinning(Algorithm.VISVALINGAM))),
    /** jpx reads the file, and such sums as ours are made of its points. */
    JPX_STATS(Work::jpx);

    private static final long SECONDS = 60;

    /** What a worker takes as it is configured out of the box, from now on. */
    static GpxLimits limits() {
        long began = System.nanoTime();
        return new GpxLimits(
                64L << 20,
                1_500_000,
                10_000,
                () ->
                        System.nanoTime() - began > SECONDS * 1_000_000_000
                                ? GpxLimits.Stop.TIMEOUT
                                : GpxLimits.Stop.NO);
    }

    /** How it is done. */
    private interface Way {
        void go(Path file, OutputStream out) throws IOException;
    }

    /** No way holds anything that changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Way way;

    Work(Way way) {
        this.way = way;
    }

    void run(Path file, OutputStream out) throws IOException {
        way.go(file, out);
    }

    /** Ten metres, as where nothing else is asked. */
    private static GpxTask thinning(Algorithm algorithm) {
        var wanted = new Simplifying(algorithm, OptionalDouble.of(10), OptionalInt.empty(), false);
        return new GpxTask.Simplify(ReadingMode.LENIENT, wanted);
    }

    private static Way ours(GpxTask task) {
        return (file, out) ->
                GpxJob.run(task, List.of(() -> Files.newInputStream(file)), limits(), out);
    }

    private static void jpx(Path file, OutputStream out) throws IOException {
        var sums = new JpxSums();
        GPX.Reader.of(GPX.Reader.Mode.LENIENT)
                .read(file)
                .tracks()
                .flatMap(Track::segments)
                .forEach(sums::add);
        out.write(sums.toString().getBytes(UTF_8));
    }
}
