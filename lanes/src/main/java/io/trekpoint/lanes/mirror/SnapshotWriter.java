package io.trekpoint.lanes.mirror;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The loop that writes each new state to disk, and then rests for a few times as long as that took:
 * a large state under many changes does not keep a core busy with its own file. A disk that fails
 * hurts nobody but the next start.
 */
final class SnapshotWriter {
    private static final Logger LOG = Logger.getLogger(SnapshotWriter.class);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final int REST_FOR_EACH_WRITE = 4;
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);

    private final MirrorState mirror;
    private final DiskSnapshot disk;
    private final Counter failures;
    private Head written;

    /**
     * Writes whatever differs from what the disk has.
     *
     * @param written the head of the state on disk; {@link Head#NONE} where there is none
     */
    SnapshotWriter(MirrorState mirror, DiskSnapshot disk, Head written, Counter failures) {
        this.mirror = mirror;
        this.disk = disk;
        this.failures = failures;
        this.written = written;
    }

    Duration turn() throws InterruptedException {
        if (!mirror.await(s -> !s.state().head().equals(written), WAIT)) {
            return Duration.ZERO;
        }
        ControlSnapshot snapshot = mirror.current();
        long began = System.nanoTime();
        try {
            disk.write(snapshot);
            written = snapshot.state().head();
            return Duration.ofNanos(REST_FOR_EACH_WRITE * (System.nanoTime() - began));
        } catch (IOException e) {
            failures.increment();
            LOG.errorf("the control snapshot is not written: %s", e.toString());
            return REST_AFTER_FAILURE;
        }
    }
}
