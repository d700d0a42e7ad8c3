package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.measure.Method;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export did, beside its output.
 *
 * @param type job type, {@code export}
 * @param engineVersion version of the code that did it; the same version makes the same output
 * @param input the file read
 * @param counts what it holds
 * @param warnings what was dropped or repaired
 * @param output the file written
 * @param data what it measures
 */
public record ExportResult(
        String type,
        String engineVersion,
        Input input,
        Counts counts,
        List<Warning> warnings,
        Output output,
        Data data) {

    /**
     * The file read.
     *
     * @param bytes size, inflated
     * @param sha256 digest of these bytes, 64 hexadecimal digits in lower case
     * @param gpxVersion version as the file states it
     * @param creator program that wrote it, as the file states it
     */
    public record Input(
            long bytes, String sha256, @Nullable String gpxVersion, @Nullable String creator) {}

    /**
     * What the file holds.
     *
     * @param waypoints waypoints
     * @param routes routes
     * @param tracks tracks
     * @param segments segments of all tracks
     * @param points points of all routes and tracks
     * @param dropped points of any kind left out because they have no valid position
     */
    public record Counts(
            int waypoints, int routes, int tracks, int segments, int points, int dropped) {}

    /**
     * The file written.
     *
     * @param mediaType media type
     * @param bytes size
     * @param sha256 digest of these bytes, 64 hexadecimal digits in lower case
     */
    public record Output(String mediaType, long bytes, String sha256) {}

    /**
     * What the lines measure.
     *
     * @param total all tracks together; routes are plans and count for nothing here
     * @param tracks each track
     * @param routes each route
     * @param method how these numbers were got
     */
    public record Data(Stats total, List<Line> tracks, List<Line> routes, Method method) {}

    /**
     * What one track or route measures.
     *
     * @param name its name
     * @param segments each segment of a track; the one line of a route
     */
    public record Line(@Nullable String name, List<Stats> segments) {}
}
