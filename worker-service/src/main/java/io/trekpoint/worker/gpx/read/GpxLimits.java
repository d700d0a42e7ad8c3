package io.trekpoint.worker.gpx.read;

import java.util.function.Supplier;

/**
 * What one job may cost. Depth, attributes and text have fixed limits of their own: depth 64, 64
 * attributes and 1 000 links an element, 16 KiB an attribute, 64 KiB a text.
 *
 * @param maxBytes greatest size of the input, inflated
 * @param maxPoints greatest number of points: waypoints, route points and track points together
 * @param maxLines greatest number of tracks, segments and routes together
 * @param stop asked once per buffer read or written (some KiB), by the working thread
 */
public record GpxLimits(long maxBytes, int maxPoints, int maxLines, Supplier<Stop> stop) {

    /** 64 MiB, a million points, ten thousand lines, never stopped. */
    public static final GpxLimits DEFAULT =
            new GpxLimits(64L << 20, 1_000_000, 10_000, () -> Stop.NO);

    /** Whether to stop, and why. */
    public enum Stop {
        /** Go on. */
        NO,
        /** Nobody wants the result any more. */
        CANCELLED,
        /** The time allowed has passed. */
        TIMEOUT
    }

    /**
     * The same limits with another word to stop on.
     *
     * @param other asked once per buffer read or written
     * @return these limits with it
     */
    public GpxLimits stoppedBy(Supplier<Stop> other) {
        return new GpxLimits(maxBytes, maxPoints, maxLines, other);
    }

    /**
     * Goes on, or does not.
     *
     * @throws GpxException {@code CANCELLED} or {@code TIMEOUT}, without a place
     */
    public void check() {
        switch (stop.get()) {
            case NO -> {}
            case CANCELLED -> throw new GpxException(GpxException.Code.CANCELLED);
            case TIMEOUT -> throw new GpxException(GpxException.Code.TIMEOUT);
        }
    }
}
