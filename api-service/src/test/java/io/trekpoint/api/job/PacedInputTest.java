package io.trekpoint.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Bodies that come at a pace, on a clock that moves with them. */
class PacedInputTest {
    private static final PacedInput.Pace PACE =
            new PacedInput.Pace(Duration.ofSeconds(10), 1_000, Duration.ofMinutes(1));

    private volatile Instant now = Instant.EPOCH;

    @Test
    void takesABodyThatKeepsItsPace() throws IOException {
        assertThat(body(1_000, 50).transferTo(OutputStream.nullOutputStream())).isEqualTo(50_000);
    }

    @Test
    void asksForNoPaceAtFirst() throws IOException {
        assertThat(body(1, 10).transferTo(OutputStream.nullOutputStream())).isEqualTo(10);
    }

    @Test
    void givesUpABodyThatIsTooSlow() {
        Problem problem = refused(body(500, 1_000));

        assertThat(problem.status()).isEqualTo(408);
        assertThat(problem.type()).endsWith("body-too-slow");
        assertThat(problem.rule()).contains("1000 bytes a second");
        assertThat(now).isEqualTo(Instant.ofEpochSecond(21));
    }

    /** Else whoever announces much keeps a place for hours, at a pace that is just fast enough. */
    @Test
    void givesUpABodyThatTakesTooLongAtWhateverPace() {
        Problem problem = refused(body(1_000_000, 1_000));

        assertThat(problem.status()).isEqualTo(408);
        assertThat(problem.type()).endsWith("body-too-slow");
        assertThat(problem.rule()).contains("within 60 seconds");
        assertThat(now).isEqualTo(Instant.ofEpochSecond(61));
    }

    @Test
    void endsASilenceThatIsTooLongAndNoShorterOne() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        PacedInput silent = new PacedInput(waitingFor(never), PACE, () -> now);
        FutureTask<Problem> read = new FutureTask<>(() -> refused(silent));
        Thread reader = Thread.ofVirtual().start(read);
        await().until(() -> reader.getState() == Thread.State.WAITING);
        now = now.plusSeconds(9);
        silent.endSilence();
        assertThat(reader.isInterrupted()).isFalse();

        now = now.plusSeconds(1);
        silent.endSilence();

        assertThat(read.get().type()).endsWith("body-too-slow");
    }

    /** Whoever has read goes on to other things, which no interrupt may meet. */
    @Test
    void leavesAReaderAloneThatDoesNotRead() throws IOException {
        PacedInput body = new PacedInput(body(1_000, 1), PACE, () -> now);
        body.endSilence();
        assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(1_000);
        now = now.plusSeconds(60);

        body.endSilence();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static InputStream waitingFor(CountDownLatch never) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    never.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        };
    }

    private static Problem refused(InputStream body) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> body.transferTo(OutputStream.nullOutputStream()))
                .problem();
    }

    /** A body of which so many bytes come each second. */
    private InputStream body(int bytesASecond, int seconds) {
        InputStream sent =
                new InputStream() {
                    private int left = seconds;

                    @Override
                    public int read() {
                        throw new AssertionError("read by the byte");
                    }

                    @Override
                    public int read(byte[] into, int at, int length) {
                        if (left-- == 0) {
                            return -1;
                        }
                        now = now.plusSeconds(1);
                        return Math.min(length, bytesASecond);
                    }
                };
        return new PacedInput(sent, PACE, () -> now);
    }
}
