package io.trekpoint.system.product;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A packaged service as a process: a free loopback port that it keeps across restarts, a snapshot
 * directory and a log of its own.
 */
public final class Service implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Module module;
    private final Path log;
    private final URI url;
    private final Map<String, String> environment;
    private @Nullable Process process;

    /**
     * A service that does not run yet.
     *
     * @param module what it is
     * @param name unlike any other service of the product; names its files
     * @param directory where its files go
     * @param environment what it is told besides where to listen
     */
    Service(Module module, String name, Path directory, Map<String, String> environment) {
        int port = RedisServer.freePort();
        this.module = module;
        this.log = directory.resolve(name + ".log");
        this.url = URI.create("http://127.0.0.1:" + port);
        this.environment = new TreeMap<>(environment);
        this.environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        this.environment.put("TREK_SNAPSHOT_DIR", directory.resolve(name + "-snapshot").toString());
    }

    /** A service by itself, that does not run yet. */
    public static Service alone(Module module, Path directory, Map<String, String> environment) {
        return new Service(module, module.label(), directory, environment);
    }

    /** Where it writes its log. */
    public Path log() {
        return log;
    }

    /** Calls it without a key. */
    public Caller caller() {
        return new Caller(url, "");
    }

    /** What it is. */
    public Module module() {
        return module;
    }

    /** Where it listens. */
    public URI url() {
        return url;
    }

    /** Starts the process, unless it runs, and does not wait. */
    public Service launch() {
        if (runs()) {
            return this;
        }
        ProcessBuilder builder =
                new ProcessBuilder(command())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.matches("(TREK|QUARKUS|OTEL)_.*"));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            process = started;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers that it is ready. */
    public Service awaitReady() {
        await(module.label() + " is ready; its log: " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast("it has ended; its log: " + log, () -> !runs())
                .ignoreExceptions()
                .until(() -> caller().get("/q/health/ready").status() == 200);
        return this;
    }

    /** Asks it to end and waits. */
    public void stop() {
        if (process != null) {
            process.destroy();
            awaitEnd(process);
        }
    }

    /** Ends it at once. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process);
        }
    }

    /** Stops it and starts it again on its port, its snapshot as it left it. */
    public void restart() {
        stop();
        launch().awaitReady();
    }

    /** Freezes it in the middle of whatever it does. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    /** Whether the process lives, frozen or not. */
    public boolean runs() {
        return process != null && process.isAlive();
    }

    /** The mode of a concern as {@code /status} tells it; empty where the service has it not. */
    public String mode(String concern) {
        for (var view : caller().get("/status").json().path("concerns")) {
            if (view.path("concern").asText().equals(concern)) {
                return view.path("mode").asText();
            }
        }
        return "";
    }

    /** The concerns that are in another mode than {@code normal}. */
    public List<String> abnormal() {
        return caller().get("/status")
                .json()
                .path("concerns")
                .valueStream()
                .filter(view -> !view.path("mode").asText().equals("normal"))
                .map(view -> view.path("concern").asText())
                .toList();
    }

    /** Whether it is answered on every lane it uses, with no breaker open. */
    public boolean isAnswered() {
        return caller().get("/status")
                .json()
                .path("lanes")
                .valueStream()
                .allMatch(lane ->
                        lane.path("readable").asBoolean()
                                && lane.path("breaker").asText().equals("closed"));
    }

    /** What is wrong with a lane as {@code /status} tells it; empty while all is well. */
    public String fault(LaneName lane) {
        for (var view : caller().get("/status").json().path("lanes")) {
            if (view.path("lane").asText().equals(lane.label())) {
                return view.path("fault").asText();
            }
        }
        throw new IllegalArgumentException(module.label() + " has no lane " + lane.label());
    }

    /** The revision of the control state that it goes by. */
    public long revision() {
        return caller().get("/status").json().at("/controlState/revision").asLong();
    }

    /** The revision that its snapshot on disk holds; -1 where there is none. */
    public long snapshotRevision() {
        Path file = Path.of(environment.get("TREK_SNAPSHOT_DIR"), "control-state.json");
        try {
            return Files.exists(file)
                    ? new ObjectMapper().readTree(file.toFile()).at("/state/revision").asLong(-1)
                    : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The sum of a metric's samples.
     *
     * @param name as {@code /q/metrics} writes it
     * @param tag what the tags of a sample must hold, such as {@code outcome="lost"}
     */
    public double metric(String name, String tag) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Its metrics in the Prometheus text format. */
    public String metrics() {
        return caller().get("/q/metrics").text();
    }

    /** What the access log says of a request that has ended; a missing node until it does. */
    public JsonNode accessed(String requestId) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.matches("\\{.*" + requestId + ".*\\}"))
                    .map(Service::json)
                    .findFirst()
                    .orElseGet(MissingNode::getInstance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its control state is from: {@code redis}, {@code control}, {@code disk}… */
    public String source() {
        return caller().get("/status").json().at("/controlState/source").asText();
    }

    @Override
    public void close() {
        kill();
    }

    /** Small, and ready soon: with its AOT cache, where it is packaged with one. */
    private List<String> command() {
        Path jar = module.jar();
        Path cache = jar.resolveSibling("app.aot");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) {
        if (process == null) {
            throw new IllegalStateException(module.label() + " does not run");
        }
        try {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Process ending) {
        try {
            if (!ending.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
