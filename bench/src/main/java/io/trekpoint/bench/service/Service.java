package io.trekpoint.bench.service;

import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A packaged service as a process, with the heap and the collector of a small container. Closing it
 * ends it.
 *
 * @param http how it is called, without a key
 * @param process its process
 */
public record Service(Http http, Child process) implements AutoCloseable {
    /** The flags of its JVM. */
    public static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /**
     * Starts it, and waits until it is ready.
     *
     * @param module its module
     * @param root where the modules are packaged
     * @param work where logs and snapshots go
     * @param environment beside its address and its directory of snapshots
     */
    public static Service start(
            String module, Path root, Path work, Map<String, String> environment) {
        int port = RedisServer.freePort();
        Http http = new Http("http://127.0.0.1:" + port, "");
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        variables.put("TREK_SNAPSHOT_DIR", directory(work.resolve(module + "-" + port)));
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        Child child =
                Child.java(
                        work.resolve(module + "-" + port + ".log"),
                        JVM,
                        List.of("-jar", jar.toString()),
                        variables);
        return new Service(http, child.await(() -> http.status("/q/health/ready") == 200));
    }

    @Override
    public void close() {
        process.close();
    }

    private static String directory(Path path) {
        try {
            return Files.createDirectories(path).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
