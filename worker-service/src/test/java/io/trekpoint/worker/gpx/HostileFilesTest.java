package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.worker.gpx.HostileFiles.Hostile;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxLimits.Stop;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every hostile file through every type of job: refused where it should be, done within its bounds
 * elsewhere, and nothing of any other file or of the network in what comes out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFilesTest {

    private static final String SECRET = "kept-from-everyone-7f3a";
    private static final long MOST_ALLOCATED = 64L << 20;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir private static Path dir;

    private final ServerSocketChannel network = listening();
    private final List<GpxTask> tasks = EveryTask.all();

    private record Done(
            @Nullable GpxException refusal, @Nullable GpxResult result, byte[] output) {}

    List<Hostile> files() throws IOException {
        var file = Files.writeString(dir.resolve("secret"), SECRET);
        var address = (InetSocketAddress) network.getLocalAddress();
        return HostileFiles.pointingTo(
                file.toUri().toString(), "http://127.0.0.1:" + address.getPort() + "/" + SECRET);
    }

    private static ServerSocketChannel listening() {
        try {
            var channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw new IllegalStateException("this machine has no loopback", e);
        }
    }

    /** The first job pays for loading classes. */
    @BeforeAll
    void warmUp() throws IOException {
        var small = new Hostile("", "<gpx/>".getBytes(UTF_8), null, 0, 0);
        for (var task : tasks) {
            done(small, task);
        }
    }

    @AfterAll
    void closeNetwork() throws IOException {
        network.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedWithItsCodeAndPlaceOrRead(Hostile file) {
        var refusal =
                catchThrowableOfType(
                        GpxException.class,
                        () ->
                                GpxReader.read(
                                        GpxSource.of(file.bytes()),
                                        Reading.LENIENT,
                                        GpxLimits.DEFAULT));

        if (file.code() == null) {
            assertThat(refusal).isNull();
            return;
        }
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(file.code());
        assertThat(refusal.line()).isEqualTo(file.line());
        if (file.column() > 0) {
            assertThat(refusal.column()).isEqualTo(file.column());
        } else {
            assertThat(refusal.column()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void comesToTheSameEndInEveryTypeOfJob(Hostile file) throws IOException {
        for (var task : tasks) {
            var done = done(file, task);

            if (task instanceof GpxTask.Validate) {
                var report = new ObjectMapper().readTree(done.output());
                // More links than are read are valid all the same.
                boolean mayBeValid = file.code() == null || file.name().equals("links");
                assertThat(mayBeValid || !report.get("valid").asBoolean()).isTrue();
            } else if (file.code() == null) {
                assertThat(done.refusal()).as("%s", task).isNull();
            } else {
                assertThat(done.refusal()).as("%s", task).isNotNull();
                assertThat(done.refusal().code()).isEqualTo(file.code());
                assertThat(done.output()).as("nothing is written of what is refused").isEmpty();
            }
        }
        assertThat(network.accept()).as("a connection").isNull();
    }

    private static Done done(Hostile file, GpxTask task) throws IOException {
        var out = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + LONG.toNanos();
        var limits =
                GpxLimits.DEFAULT.stoppedBy(
                        () -> System.nanoTime() > deadline ? Stop.TIMEOUT : Stop.NO);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        GpxResult result = null;
        GpxException refusal = null;
        try {
            result = GpxJob.run(task, List.of(GpxSource.of(file.bytes())), limits, out);
        } catch (GpxException e) {
            refusal = e;
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(System.nanoTime()).as("the end of %s", task).isLessThan(deadline);
        assertThat(allocated).as("bytes allocated by %s", task).isLessThan(MOST_ALLOCATED);
        tellsNothing(refusal, result, out);
        return new Done(refusal, result, out.toByteArray());
    }

    /** A link of the file itself may be carried along: the secret in its address does not count. */
    private static void tellsNothing(
            @Nullable GpxException refusal, @Nullable GpxResult result, ByteArrayOutputStream out) {
        String told =
                out.toString(UTF_8) + (result == null ? "" : ResultJson.text(result)) + refusal;
        assertThat(told.replaceAll("http://127.0.0.1:\\d+/" + SECRET, "")).doesNotContain(SECRET);
        if (refusal != null) {
            assertThat(refusal.getCause()).isNull();
        }
    }
}
