package io.trekpoint.lanes.gpx;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One step of an edit. Steps are done in the order given. */
public sealed interface EditOp {
    /** Cuts each track segment where a condition holds. */
    sealed interface Split extends EditOp {}

    /**
     * Cuts before a track point.
     *
     * @param index of the point, counted from 0 over all track points of the file
     */
    record SplitAtIndex(int index) implements Split {}

    /**
     * Cuts before the first point at or after a moment.
     *
     * @param time the moment
     */
    record SplitAtTime(Instant time) implements Split {}

    /**
     * Cuts where neighbouring points are further apart in time.
     *
     * @param gapS seconds, above 0
     */
    record SplitAtGap(double gapS) implements Split {}

    /**
     * Cuts each time so much ground has been covered.
     *
     * @param distanceM metres, 1 or more
     */
    record SplitAtDistance(double distanceM) implements Split {}

    /** Joins all tracks of all inputs into one, by time where they have times. */
    record Merge() implements EditOp {}

    /**
     * Turns every line around.
     *
     * @param times what becomes of times
     */
    record Reverse(Times times) implements EditOp {
        /** What becomes of times that would run backwards. */
        public enum Times {
            /** They go. */
            DROP,
            /** They are counted anew from the start, each stretch as long as it was. */
            RECOMPUTE
        }
    }

    /**
     * Keeps what lies in a box; a line that leaves it is cut there.
     *
     * @param west degrees east; greater than {@code east} where the box crosses the dateline
     * @param south degrees north
     * @param east degrees east
     * @param north degrees north
     */
    record CropToBox(double west, double south, double east, double north) implements EditOp {}

    /**
     * Keeps what lies in a time span. Track points without a time go; waypoints and routes without
     * times stay, since plans have none.
     *
     * @param from the first moment kept; empty for no bound
     * @param to the last moment kept; empty for no bound
     */
    record CropToTime(Optional<Instant> from, Optional<Instant> to) implements EditOp {}

    /**
     * Moves every time.
     *
     * @param seconds by so much, negative for earlier
     */
    record ShiftTime(double seconds) implements EditOp {}

    /**
     * Takes fields off every point.
     *
     * @param fields what goes
     */
    record Strip(Set<Field> fields) implements EditOp {
        /** What can be taken off. */
        public enum Field {
            /** Times of points and of the file. */
            TIME,
            /** Elevation. */
            ELE,
            /** Heart rate. */
            HR,
            /** Cadence. */
            CAD,
            /** Air temperature. */
            TEMP,
            /** Power. */
            POWER,
            /** Extensions we do not interpret. */
            EXTENSIONS,
            /** All waypoints. */
            WAYPOINTS,
            /** All routes. */
            ROUTES,
            /** All tracks. */
            TRACKS
        }
    }
}
