package io.trekpoint.worker.gpx.document;

import java.util.Arrays;
import java.util.List;

/** Small documents for tests. */
public final class Lines {

    private Lines() {}

    /** A line of latitudes and longitudes by turns. */
    public static Points of(double... latLon) {
        var line = new Points();
        for (int i = 0; i < latLon.length; i += 2) {
            line.add(latLon[i], latLon[i + 1]);
        }
        return line;
    }

    /** A line of latitude, longitude and seconds since 1970 by turns. */
    public static Points timed(double... latLonTime) {
        var line = new Points();
        for (int i = 0; i < latLonTime.length; i += 3) {
            line.add(latLonTime[i], latLonTime[i + 1]);
            line.setTime((long) (latLonTime[i + 2] * 1000));
        }
        return line;
    }

    /** A file with one track of some segments. */
    public static GpxDocument track(Points... segments) {
        return new GpxDocument(
                "1.1",
                "test",
                Metadata.NOTHING,
                new Points(),
                List.of(),
                List.of(new Track(About.NOTHING, List.of(segments))),
                null);
    }

    /** The first segment of the first track. */
    public static Points first(GpxDocument document) {
        return document.tracks().getFirst().segments().getFirst();
    }

    /** How many points each segment of each track has. */
    public static List<List<Integer>> sizes(GpxDocument document) {
        return document.tracks().stream()
                .map(track -> track.segments().stream().map(Points::size).toList())
                .toList();
    }

    /** The latitudes of a line. */
    public static double[] latitudes(Points line) {
        var latitudes = new double[line.size()];
        Arrays.setAll(latitudes, line::lat);
        return latitudes;
    }

    /** The times of a line in seconds since 1970. */
    public static long[] seconds(Points line) {
        var seconds = new long[line.size()];
        Arrays.setAll(seconds, i -> line.time(i) / 1000);
        return seconds;
    }
}
