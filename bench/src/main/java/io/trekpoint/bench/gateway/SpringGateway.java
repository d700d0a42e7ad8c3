package io.trekpoint.bench.gateway;

import io.trekpoint.bench.service.Child;
import io.trekpoint.bench.service.Service;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Spring Cloud Gateway with one limited route, and what stands behind it, each a process. */
final class SpringGateway implements AutoCloseable {
    private final Child upstream;
    private final Child gateway;
    private final String url;

    /**
     * Starts both.
     *
     * @param place the directory of its classes and libraries
     * @param keys the keys that it takes
     * @param answer what the upstream answers, JSON
     */
    SpringGateway(Path place, Path work, RedisServer redis, List<String> keys, String answer) {
        Path known = work.resolve("spring.keys");
        Path json = work.resolve("upstream.json");
        try {
            Files.write(known, keys);
            Files.writeString(json, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int behind = RedisServer.freePort();
        upstream =
                java(place, work, "Upstream", String.valueOf(behind), json.toString())
                        .await(() -> answers(behind));
        int port = RedisServer.freePort();
        url = "http://127.0.0.1:" + port;
        gateway =
                java(
                                place,
                                work,
                                "SpringGateway",
                                "--server.address=127.0.0.1",
                                "--server.port=" + port,
                                "--spring.data.redis.host=127.0.0.1",
                                "--spring.data.redis.port=" + redis.port(),
                                "--bench.keys=" + known,
                                "--bench.upstream=http://127.0.0.1:" + behind)
                        .await(() -> answers(port));
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        gateway.close();
        upstream.close();
    }

    private static Child java(Path place, Path work, String main, String... arguments) {
        String classPath = place.resolve("classes") + ":" + place.resolve("lib") + "/*";
        List<String> program =
                Stream.concat(Stream.of("-cp", classPath, main), Stream.of(arguments)).toList();
        return Child.java(work.resolve(main + ".log"), Service.JVM, program, Map.of());
    }

    private static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }
}
