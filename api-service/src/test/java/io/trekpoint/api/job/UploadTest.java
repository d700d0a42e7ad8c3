package io.trekpoint.api.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies that inflate to more than they look, and such that are no gzip after all. */
class UploadTest {
    private static final Upload.Bounds BOUNDS = new Upload.Bounds(1 << 20, 4 << 20);
    private static final String GPX = "<gpx version='1.1' creator='t'/>";

    /** Counts what has been stored. */
    private static final class Store extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) {
            bytes += len;
        }
    }

    /** Counts what has been read of a body. */
    private static final class Body extends InputStream {
        private final InputStream in;
        private long bytes;

        Body(byte[] body) {
            in = new ByteArrayInputStream(body);
        }

        @Override
        public int read() throws IOException {
            bytes++;
            return in.read();
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = in.read(b, off, len);
            bytes += Math.max(0, n);
            return n;
        }
    }

    @Test
    void takesAGzippedBodyInflated() throws IOException {
        Store store = new Store();

        Upload upload = Upload.take(envelope(), new Body(gzip(GPX.getBytes(UTF_8))), BOUNDS, store);

        assertThat(store.bytes).isEqualTo(GPX.length());
        assertThat(upload.sha256()).hasSize(64);
    }

    @Test
    void stopsABombAtItsBoundAndNotAtItsEnd() throws IOException {
        byte[] bomb = bomb(512 << 20);
        assertThat(bomb.length).isLessThan(1 << 20);
        Store store = new Store();
        Body body = new Body(bomb);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Problem problem = refused(body, store);

        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.type()).endsWith("body-too-large");
        assertThat(problem.rule()).contains(String.valueOf(4 << 20));
        assertThat(store.bytes).isLessThanOrEqualTo(4 << 20);
        assertThat(body.bytes).isLessThan(bomb.length / 10);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4L << 20);
    }

    /** What is inflated once is a file like any other: a gzip in a gzip is no GPX. */
    @Test
    void inflatesOnce() throws IOException {
        byte[] inner = bomb(64 << 20);
        Store store = new Store();

        Upload.take(envelope(), new Body(gzip(inner)), BOUNDS, store);

        assertThat(store.bytes).isEqualTo(inner.length);
    }

    @Test
    void boundsWhatIsSentToo() {
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        Body body = new Body(noise);

        Problem problem =
                catchThrowableOfType(
                                ProblemException.class,
                                () -> Upload.take(plainEnvelope(), body, BOUNDS, new Store()))
                        .problem();

        assertThat(problem.status()).isEqualTo(413);
        assertThat(body.bytes).isLessThanOrEqualTo((1 << 20) + 16_384);
    }

    @Test
    void refusesWhatIsNoGzipOrEndsTooEarly() throws IOException {
        byte[] whole = gzip(GPX.repeat(1_000).getBytes(UTF_8));
        byte[] damaged = whole.clone();
        damaged[damaged.length - 6] ^= 1;

        for (byte[] body :
                new byte[][] {
                    GPX.getBytes(UTF_8),
                    new byte[] {0x1f, (byte) 0x8b},
                    Arrays.copyOf(whole, whole.length / 2),
                    damaged
                }) {
            Problem problem = refused(new Body(body), new Store());

            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.type()).endsWith("invalid-encoding");
        }
    }

    @Test
    void refusesAGzipOfNothing() throws IOException {
        assertThat(refused(new Body(gzip(new byte[0])), new Store()).type()).endsWith("empty-body");
    }

    private static Problem refused(InputStream body, OutputStream store) {
        return catchThrowableOfType(
                        ProblemException.class, () -> Upload.take(envelope(), body, BOUNDS, store))
                .problem();
    }

    private static GpxEnvelope envelope() {
        return envelope("gzip");
    }

    private static GpxEnvelope plainEnvelope() {
        return envelope("identity");
    }

    private static GpxEnvelope envelope(String encoding) {
        return GpxEnvelope.of(
                GpxType.VALIDATE,
                new GpxEnvelope.Headers(Map.of(), "application/gpx+xml", encoding, -1, null),
                Long.MAX_VALUE);
    }

    private static byte[] bomb(int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 16];
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < bytes; i += zeros.length) {
                gzip.write(zeros);
            }
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
