package io.trekpoint.bench.gpx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How fast files of 50 MiB are measured and converted, beside others. */
final class Speed {

    private final Race stats;
    private final Race geojson;

    Speed(Map<TrackFile, Path> files, int rounds, Peers peers, WarmJvm jvm) {
        stats = new Race(files, rounds);
        stats.enter(jvm.job("ours, warm", Work.STATS, rounds));
        stats.enter(cold("ours, cold", Work.STATS));
        peers.gpsbabel("gpsbabel, reads", "-i", "gpx", "-f", "{}")
                .ifPresentOrElse(
                        stats::enter,
                        () -> stats.enterAbsent("gpsbabel", peers.excuse("gpsbabel")));
        peers.gpxpy("gpxpy", "gpxpy_stats.py")
                .ifPresentOrElse(
                        stats::enter, () -> stats.enterAbsent("gpxpy", peers.excuse("gpxpy")));
        stats.enter(jvm.job("jpx, warm", Work.JPX_STATS, rounds));
        stats.enter(cold("jpx, cold", Work.JPX_STATS));

        geojson = new Race(files, rounds);
        geojson.enter(jvm.job("ours, warm", Work.GEOJSON, rounds));
        geojson.enter(cold("ours, cold", Work.GEOJSON));
        peers.gpsbabel("gpsbabel", "-i", "gpx", "-f", "{}", "-o", "geojson", "-F", "/dev/null")
                .ifPresentOrElse(
                        geojson::enter,
                        () -> geojson.enterAbsent("gpsbabel", peers.excuse("gpsbabel")));
        peers.togeojson("togeojson", "togeojson.mjs")
                .ifPresentOrElse(
                        geojson::enter,
                        () -> geojson.enterAbsent("togeojson", peers.excuse("togeojson")));
    }

    private static Command cold(String label, Work work) {
        return new Command(
                label,
                5,
                Jvm.command("-Xmx1g", SinglePass.class, work.name(), "{}"),
                Map.of());
    }

    String markdown() throws IOException {
        stats.run();
        geojson.run();
        return "### Parse and stats\n\n"
                + stats.table().markdown()
                + "\n### Convert to GeoJSON\n\n"
                + geojson.table().markdown();
    }
}
