package io.trekpoint.lanes.redis;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real {@code redis-server} process of a test: a free loopback port, a directory of its own, AOF
 * on. Found through {@code TREK_REDIS_SERVER}, else on the PATH.
 */
public final class RedisServer implements AutoCloseable {
    private static final String ALL_RECEIVED = "all-received";

    /** A line of MONITOR: time, database and address, or the word lua, and the command. */
    private static final Pattern SENT_BY_A_CLIENT =
            Pattern.compile("\\+[0-9.]+ \\[[0-9]+ (?!lua)[^\\]]+\\] \"([^\"]+)\"");

    private final Path directory;
    private final int port;
    private final List<String> options;
    private Process process;
    private boolean frozen;

    private RedisServer(Path directory, int port, List<String> options) {
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.process = launch(List.of());
        awaitAnswer();
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param options further command-line options, such as {@code --maxmemory 10mb}
     */
    public static RedisServer start(String... options) {
        try {
            Path directory = Files.createTempDirectory("trek-redis-");
            return new RedisServer(directory, freePort(), List.of(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server that keeps its data in a directory of the caller's, and waits until it
     * answers.
     *
     * @param options further command-line options, such as {@code --maxmemory 10mb}
     */
    public static RedisServer startIn(Path directory, String... options) {
        return new RedisServer(directory, freePort(), List.of(options));
    }

    /** A loopback port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code redis://127.0.0.1:<port>}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** The port, the same across restarts. */
    public int port() {
        return port;
    }

    /**
     * Ends the server as {@code kill -9} does, once it has written to its file what it has
     * acknowledged until now: with {@code appendfsync everysec} a disk that is slow to sync has it
     * hold writes back for up to two seconds. Its data directory stays.
     */
    public void kill() {
        if (process.isAlive() && !frozen) {
            await().atMost(Duration.ofSeconds(10)).until(() -> hasWritten());
        }
        killAtOnce();
    }

    /** Ends the server as {@code kill -9} does, whatever it holds back. */
    public void killAtOnce() {
        process.destroyForcibly();
        awaitEnd();
        frozen = false;
    }

    /** Starts the server again on its port and data directory. */
    public void restart() {
        if (process.isAlive()) {
            kill();
        }
        process = launch(List.of());
        awaitAnswer();
    }

    /**
     * Starts a killed server again with options that it has this once, and does not wait until it
     * answers.
     */
    public void restartWith(String... further) {
        process = launch(List.of(further));
    }

    /** Whether the process lives, frozen or not. */
    public boolean runs() {
        return process.isAlive();
    }

    /** Freezes the process: connections are accepted by the kernel, nothing answers. */
    public void freeze() {
        signal("-STOP");
        frozen = true;
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        signal("-CONT");
        frozen = false;
    }

    /**
     * Sends one inline command and returns the first line of the reply, for faults and for looking
     * in from outside.
     */
    public String command(String line) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            StringBuilder reply = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\r';
                    c = socket.getInputStream().read()) {
                reply.append((char) c);
            }
            return reply.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Which commands clients send while something is done, by their names in lower case. Those that
     * a script runs by itself are not among them.
     */
    public List<String> received(Runnable done) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            done.run();
            command("ECHO " + ALL_RECEIVED);
            List<String> names = new ArrayList<>();
            while (line != null && !line.contains(ALL_RECEIVED)) {
                Matcher sent = SENT_BY_A_CLIENT.matcher(line);
                if (sent.lookingAt()) {
                    names.add(sent.group(1).toLowerCase(Locale.ROOT));
                }
                line = lines.readLine();
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One figure of INFO, such as {@code blocked_clients}; empty where there is none. */
    public String info(String name) {
        return infoOf("default")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** What INFO says in a section, line by line. */
    public String infoOf(String section) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            String both = "INFO " + section + "\r\nQUIT\r\n";
            socket.getOutputStream().write(both.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thaw();
        process.destroyForcibly();
        awaitEnd();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch(List<String> further) {
        List<String> command = new ArrayList<>();
        command.add(executable());
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "yes"));
        command.addAll(options);
        command.addAll(further);
        try {
            Process started =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("redis.log").toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no redis-server to test with: run ./trek test, or set TREK_REDIS_SERVER", e);
        }
    }

    private void awaitAnswer() {
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> command("PING").equals("+PONG"));
    }

    private boolean hasWritten() {
        return infoOf("persistence").lines().anyMatch("aof_buffer_length:0"::equals);
    }

    private static String executable() {
        String named = System.getenv("TREK_REDIS_SERVER");
        if (named != null && !named.isBlank()) {
            return named;
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(dir ->
                        Stream.of(Path.of(dir, "redis-server"), Path.of(dir, "valkey-server")))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElse("redis-server");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
