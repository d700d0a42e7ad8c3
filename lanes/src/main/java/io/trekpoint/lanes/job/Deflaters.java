package io.trekpoint.lanes.job;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Deflater;

/**
 * Compressors to be used again: to make one costs more (270 KiB of native memory) than to compress
 * a small file. Keeps about sixteen that nobody uses. Thread-safe.
 */
final class Deflaters {
    private static final int MOST_IDLE = 16;
    private static final Queue<Deflater> IDLE = new ConcurrentLinkedQueue<>();

    private Deflaters() {}

    /** A compressor that has seen nothing; to be given back. */
    static Deflater take() {
        Deflater idle = IDLE.poll();
        return idle == null ? new Deflater(Deflater.BEST_SPEED) : idle;
    }

    /** Takes a compressor back from whoever will not touch it again. */
    static void giveBack(Deflater deflater) {
        if (IDLE.size() < MOST_IDLE) {
            deflater.reset();
            IDLE.add(deflater);
        } else {
            deflater.end();
        }
    }
}
