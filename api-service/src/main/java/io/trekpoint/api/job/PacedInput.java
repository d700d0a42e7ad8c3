package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that has to arrive at a certain pace and within a certain time, so that a client which
 * sends a byte now and then does not keep a place for ever, nor one that announces much for hours.
 * A body that has stopped coming altogether is given up where somebody looks after it with {@link
 * #endSilence}, which any thread may; else not thread-safe.
 */
final class PacedInput extends FilterInputStream {
    private final Pace pace;
    private final InstantSource clock;
    private final long began;
    private long read;
    private @Nullable Thread reader;
    private long silentSince;
    private boolean interrupted;

    /**
     * How fast.
     *
     * @param patience how long nothing is asked for
     * @param bytesPerSecond what has to have come, on the whole, for each second after that
     * @param longest when all has to be there
     */
    record Pace(Duration patience, int bytesPerSecond, Duration longest) {
        boolean isKept(long bytes, long millis) {
            long counted = millis - patience.toMillis();
            return bytes >= counted * bytesPerSecond / ChronoUnit.SECONDS.getDuration().toMillis();
        }
    }

    PacedInput(InputStream in, Pace pace, InstantSource clock) {
        super(in);
        this.pace = pace;
        this.clock = clock;
        this.began = clock.millis();
    }

    @Override
    public int read() throws IOException {
        beginSilence();
        try {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        } catch (IOException e) {
            throw explained(e);
        } finally {
            hear();
        }
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        beginSilence();
        try {
            int more = super.read(into, at, length);
            count(Math.max(0, more));
            return more;
        } catch (IOException e) {
            throw explained(e);
        } finally {
            hear();
        }
    }

    /** Ends a read that has waited for all of the patience: it throws that the body is too slow. */
    synchronized void endSilence() {
        if (reader != null && isSilentForTooLong()) {
            interrupted = true;
            reader.interrupt();
        }
    }

    private synchronized void beginSilence() {
        reader = Thread.currentThread();
        silentSince = clock.millis();
    }

    /** Nothing that the thread does after the read may meet its interrupt. */
    private synchronized void hear() {
        reader = null;
        if (interrupted) {
            interrupted = false;
            var _ = Thread.interrupted();
        }
    }

    private boolean isSilentForTooLong() {
        return clock.millis() - silentSince >= pace.patience().toMillis();
    }

    private void count(int more) {
        read += more;
        long millis = clock.millis() - began;
        if (millis > pace.longest().toMillis()) {
            throw refused(
                    "must be there in full within %d seconds"
                            .formatted(pace.longest().toSeconds()));
        }
        if (!pace.isKept(read, millis)) {
            throw tooSlow();
        }
    }

    /** A read that failed after all of the patience was given up for want of bytes. */
    private IOException explained(IOException e) {
        if (isSilentForTooLong()) {
            throw tooSlow();
        }
        return e;
    }

    private ProblemException tooSlow() {
        return refused("must arrive at %d bytes a second or more".formatted(pace.bytesPerSecond()));
    }

    private static ProblemException refused(String rule) {
        return new ProblemException(Problem.invalid(408, "body-too-slow", "body", rule));
    }
}
