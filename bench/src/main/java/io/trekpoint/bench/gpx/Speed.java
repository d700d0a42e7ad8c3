package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How fast files of 50 MiB are measured and converted, beside others. */
final class Speed {

    private static final int HEAP_MIB = 1024;

    private final Peers peers;
    private final Race stats;
    private final Race geojson;
    private final Contender ourStats;
    private final Contender ourGeojson;
    private final Contender jpx;
    private final Optional<Command> gpsbabel;
    private final Optional<Command> gpxpy;

    Speed(Map<TrackFile, Path> files, int rounds, Peers peers, WarmJvm ours, WarmJvm jpxJvm) {
        this.peers = peers;
        stats = new Race(files, rounds);
        ourStats = ours.job("Trek Point", Work.STATS, rounds);
        gpsbabel = peers.gpsbabel("gpsbabel 1.8", "-i", "gpx", "-f", "{}");
        gpxpy = peers.gpxpy("gpxpy 1.5.0", "gpxpy_stats.py");
        jpx = jpxJvm.job("jpx 3.2.1", Work.JPX_STATS, 2);
        geojson = new Race(files, rounds);
        ourGeojson = ours.job("Trek Point", Work.GEOJSON, rounds);
    }

    void run() throws IOException {
        stats.enter(ourStats);
        enter(stats, gpsbabel, "gpsbabel");
        enter(stats, gpxpy, "gpxpy");
        stats.enter(jpx);
        stats.enter(cold("Trek Point, cold process", Work.STATS));
        stats.run();

        geojson.enter(ourGeojson);
        enter(
                geojson,
                peers.gpsbabel(
                        "gpsbabel 1.8",
                        "-i",
                        "gpx",
                        "-f",
                        "{}",
                        "-o",
                        "geojson",
                        "-F",
                        "/dev/null"),
                "gpsbabel");
        enter(geojson, peers.togeojson("togeojson 7.1.3", "togeojson.mjs"), "togeojson");
        geojson.enter(cold("Trek Point, cold process", Work.GEOJSON));
        geojson.run();
    }

    private void enter(Race race, Optional<Command> contender, String name) {
        contender.ifPresentOrElse(race::enter, () -> race.enterAbsent(name, peers.excuse(name)));
    }

    private static Command cold(String label, Work work) {
        return new Command(
                label, 1, Jvm.command(HEAP_MIB, SinglePass.class, work.name(), "{}"), Map.of());
    }

    Table statsTable() throws IOException {
        return stats.table();
    }

    Table geojsonTable() throws IOException {
        return geojson.table();
    }

    /** Our least speed of parsing and measuring, in MB/s of CPU. */
    double statsSpeed() throws IOException {
        return stats.leastSpeed(ourStats);
    }

    /** Our least speed of converting, in MB/s of CPU. */
    double geojsonSpeed() throws IOException {
        return geojson.leastSpeed(ourGeojson);
    }

    /** How many times faster than jpx we are at least. */
    double timesJpx() throws IOException {
        return stats.leastRatio(ourStats, jpx);
    }

    /** The same of gpsbabel; nothing where it could not be had. */
    OptionalDouble timesGpsbabel() throws IOException {
        return times(gpsbabel);
    }

    /** The same of gpxpy; nothing where it could not be had. */
    OptionalDouble timesGpxpy() throws IOException {
        return times(gpxpy);
    }

    private OptionalDouble times(Optional<Command> peer) throws IOException {
        return peer.isPresent()
                ? OptionalDouble.of(stats.leastRatio(ourStats, peer.get()))
                : OptionalDouble.empty();
    }
}
