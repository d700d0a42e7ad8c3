package io.trekpoint.worker.gpx.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPX file.
 *
 * @param version version as the file states it; anything up to 16 KiB
 * @param creator program that wrote it, as the file states it; anything up to 16 KiB
 * @param metadata what it says about itself
 * @param waypoints waypoints, in order
 * @param routes routes, in order
 * @param tracks tracks, in order
 */
public record GpxDocument(
        @Nullable String version,
        @Nullable String creator,
        Metadata metadata,
        Points waypoints,
        List<Route> routes,
        List<Track> tracks) {

    /**
     * Counts the stretches of all tracks.
     *
     * @return the number of track segments, empty ones included
     */
    public int segmentCount() {
        return tracks.stream().mapToInt(track -> track.segments().size()).sum();
    }

    /**
     * Counts the points of all lines.
     *
     * @return the number of route and track points; waypoints are not among them
     */
    public int linePointCount() {
        int count = routes.stream().mapToInt(route -> route.points().size()).sum();
        for (var track : tracks) {
            count += track.segments().stream().mapToInt(Points::size).sum();
        }
        return count;
    }
}
