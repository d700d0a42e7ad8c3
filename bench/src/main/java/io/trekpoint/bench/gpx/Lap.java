package io.trekpoint.bench.gpx;

import java.util.Collection;
import java.util.Comparator;

/**
 * What one pass over a file took.
 *
 * @param cpuS seconds of CPU, user and system, of the whole process
 * @param wallS seconds that passed
 * @param outcome how it ended: {@link #DONE}, else the code of the refusal or the name of the error
 */
record Lap(double cpuS, double wallS, String outcome) {

    /** How one ends that has read its file and worked on it. */
    static final String DONE = "done";

    /** The one in the middle by CPU; the slower of two. */
    static Lap median(Collection<Lap> laps) {
        return laps.stream()
                .sorted(Comparator.comparingDouble(Lap::cpuS))
                .skip(laps.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Millions of bytes a second of CPU. */
    double megabytesPerSecond(long bytes) {
        return bytes / 1e6 / cpuS;
    }
}
