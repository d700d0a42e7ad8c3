package io.trekpoint.worker.gpx.document;

import java.util.List;
import java.util.function.UnaryOperator;
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
 * @param extensions of the file itself, as {@link About#extensions}
 */
public record GpxDocument(
        @Nullable String version,
        @Nullable String creator,
        Metadata metadata,
        Points waypoints,
        List<Route> routes,
        List<Track> tracks,
        @Nullable String extensions) {

    /** The same file with other points. */
    public GpxDocument with(
            Points otherWaypoints, List<Route> otherRoutes, List<Track> otherTracks) {
        return new GpxDocument(
                version, creator, metadata, otherWaypoints, otherRoutes, otherTracks, extensions);
    }

    /**
     * The same file with every line changed the same way.
     *
     * @param change of each line and of the waypoints
     */
    public GpxDocument map(UnaryOperator<Points> change) {
        return with(
                change.apply(waypoints),
                routes.stream()
                        .map(route -> new Route(route.about(), change.apply(route.points())))
                        .toList(),
                tracks.stream()
                        .map(track ->
                                new Track(
                                        track.about(),
                                        track.segments().stream().map(change).toList()))
                        .toList());
    }

    /**
     * The same file without some columns, and without what goes with them: no time of the file
     * where times go, no extensions anywhere where they go.
     *
     * @param gone which columns go
     */
    public GpxDocument without(Columns gone) {
        var rest = map(points -> points.without(gone));
        if (gone.times()) {
            rest = rest.with(rest.metadata().at(Points.NO_TIME));
        }
        return gone.extensions() ? rest.withoutLineExtensions().withoutFileExtensions() : rest;
    }

    private GpxDocument withoutLineExtensions() {
        return with(
                waypoints,
                routes.stream()
                        .map(route -> new Route(route.about().withoutExtensions(), route.points()))
                        .toList(),
                tracks.stream()
                        .map(track ->
                                new Track(track.about().withoutExtensions(), track.segments()))
                        .toList());
    }

    /** The same file with other words about itself. */
    public GpxDocument with(Metadata other) {
        return new GpxDocument(version, creator, other, waypoints, routes, tracks, extensions);
    }

    /** The same file without what others have said of it as a whole. */
    public GpxDocument withoutFileExtensions() {
        return new GpxDocument(
                version, creator, metadata.withoutExtensions(), waypoints, routes, tracks, null);
    }

    /**
     * Counts the stretches of all tracks.
     *
     * @return the number of track segments, empty ones included
     */
    public int segmentCount() {
        return tracks.stream().mapToInt(track -> track.segments().size()).sum();
    }

    /** Counts the points of any kind that have a time. */
    public int timeCount() {
        int count = waypoints.timeCount();
        count += routes.stream().mapToInt(route -> route.points().timeCount()).sum();
        for (var track : tracks) {
            count += track.segments().stream().mapToInt(Points::timeCount).sum();
        }
        return count;
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
