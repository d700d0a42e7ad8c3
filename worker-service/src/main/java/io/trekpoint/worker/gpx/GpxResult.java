package io.trekpoint.worker.gpx;

import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.Validation;
import io.trekpoint.worker.gpx.read.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job did, beside its output.
 *
 * @param type job type
 * @param engineVersion version of the code that did it; the same version makes the same output
 * @param inputs the files read, in order; at least one
 * @param counts what they hold, together
 * @param warnings what was dropped or repaired
 * @param output the file written
 * @param data what the job found out
 */
public record GpxResult(
        GpxType type,
        String engineVersion,
        List<Input> inputs,
        Counts counts,
        List<Warning> warnings,
        Output output,
        Data data) {

    /**
     * A file read.
     *
     * @param bytes size, inflated
     * @param sha256 digest of these bytes, 64 hexadecimal digits in lower case
     * @param gpxVersion version as the file states it
     * @param creator program that wrote it, as the file states it
     */
    public record Input(
            long bytes, String sha256, @Nullable String gpxVersion, @Nullable String creator) {}

    /**
     * What files hold.
     *
     * @param waypoints waypoints
     * @param routes routes
     * @param tracks tracks
     * @param segments segments of all tracks
     * @param points points of all routes and tracks
     * @param dropped points of any kind left out because they have no valid position
     */
    public record Counts(
            int waypoints, int routes, int tracks, int segments, int points, int dropped) {
        Counts plus(Counts other) {
            return new Counts(
                    waypoints + other.waypoints,
                    routes + other.routes,
                    tracks + other.tracks,
                    segments + other.segments,
                    points + other.points,
                    dropped + other.dropped);
        }
    }

    /**
     * The file written.
     *
     * @param mediaType media type
     * @param bytes size
     * @param sha256 digest of these bytes, 64 hexadecimal digits in lower case
     */
    public record Output(String mediaType, long bytes, String sha256) {}

    /**
     * What a job found out; what its type does not ask is null.
     *
     * @param measures what the lines of the output measure
     * @param report where the input breaks the rules
     * @param thinned what thinning out cost
     * @param removed what privacy took out
     */
    public record Data(
            @Nullable Measures measures,
            Validation.@Nullable Report report,
            @Nullable Thinned thinned,
            @Nullable Removed removed) {
        /** Nothing found out. */
        static final Data NONE = new Data(null, null, null, null);
    }

    /**
     * What lines measure.
     *
     * @param total all tracks together; routes are plans and count for nothing here
     * @param tracks each track
     * @param routes each route
     * @param method how these numbers were got
     */
    public record Measures(Stats total, List<Line> tracks, List<Line> routes, Measuring method) {}

    /**
     * What one track or route measures.
     *
     * @param name its name
     * @param total the whole line
     * @param segments each segment of a track; the one line of a route
     */
    public record Line(@Nullable String name, Stats total, List<Stats> segments) {}

    /**
     * What thinning out cost.
     *
     * @param before points before
     * @param after points after
     * @param greatestErrorM greatest distance from a point left out to the line, in metres
     */
    public record Thinned(int before, int after, double greatestErrorM) {}

    /**
     * What privacy took out.
     *
     * @param points points of tracks and routes
     * @param waypoints waypoints
     */
    public record Removed(int points, int waypoints) {}
}
