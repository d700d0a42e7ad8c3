package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A body that has to arrive at a certain pace and within a certain time, so that a client which
 * sends a byte now and then does not keep a place for ever, nor one that announces much for hours.
 * A body that has stopped coming altogether is given up by the server after the same time. Not
 * thread-safe.
 */
final class PacedInput extends FilterInputStream {
    private final Pace pace;
    private final InstantSource clock;
    private final long began;
    private long read;

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
        long from = clock.millis();
        try {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        } catch (IOException e) {
            throw explained(e, from);
        }
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        long from = clock.millis();
        try {
            int more = super.read(into, at, length);
            count(Math.max(0, more));
            return more;
        } catch (IOException e) {
            throw explained(e, from);
        }
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
    private IOException explained(IOException e, long from) {
        if (clock.millis() - from >= pace.patience().toMillis()) {
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
