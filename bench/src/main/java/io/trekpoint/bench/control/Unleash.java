package io.trekpoint.bench.control;

import io.trekpoint.bench.service.Child;
import io.trekpoint.bench.service.Http;
import io.trekpoint.lanes.redis.RedisServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Unleash with a PostgreSQL of its own, and one flag: on for the tier {@code pro}. */
final class Unleash implements AutoCloseable {
    private static final String ADMIN = "*:*.bench-admin";
    private static final String FRONTEND = "default:development.bench-frontend";
    private static final String UNLIMITED = "1000000000";
    private static final String FLAGS = "/api/admin/projects/default/features";

    private final Child postgres;
    private final Child server;
    private final String url;

    /**
     * Starts it.
     *
     * @param modules the directory that has {@code node_modules/unleash-server}
     * @param binaries the directory of {@code initdb} and {@code postgres}
     * @param user what goes before their command lines, since they refuse to run as root; may be
     *     empty
     * @param data an empty directory that this user may write to
     */
    Unleash(Path modules, Path binaries, String user, Path data, Path work) {
        List<String> prefix = user.isEmpty() ? List.of() : Arrays.asList(user.split(" "));
        int port = RedisServer.freePort();
        Child.run(
                work.resolve("initdb.log"),
                command(
                        prefix,
                        binaries.resolve("initdb").toString(),
                        "-D",
                        data.toString(),
                        "-U",
                        "postgres",
                        "--auth=trust"));
        postgres =
                Child.start(
                                work.resolve("postgres.log"),
                                command(
                                        prefix,
                                        binaries.resolve("postgres").toString(),
                                        "-D",
                                        data.toString(),
                                        "-p",
                                        String.valueOf(port),
                                        "-k",
                                        data.toString(),
                                        "-c",
                                        "listen_addresses=127.0.0.1"),
                                Map.of())
                        .await(() -> answers(port));
        int http = RedisServer.freePort();
        url = "http://127.0.0.1:" + http;
        server =
                Child.start(
                                work.resolve("unleash.log"),
                                List.of(
                                        "node",
                                        modules.resolve(
                                                        "node_modules/unleash-server/dist/server.js")
                                                .toString()),
                                environment(port, http))
                        .await(() -> new Http(url, "").status("/health") == 200);
        define();
    }

    String url() {
        return url;
    }

    /** The token of its frontend API. */
    String token() {
        return FRONTEND;
    }

    @Override
    public void close() {
        server.close();
        postgres.close();
    }

    private static Map<String, String> environment(int postgres, int http) {
        return Map.ofEntries(
                Map.entry("NODE_ENV", "production"),
                Map.entry("DATABASE_HOST", "127.0.0.1"),
                Map.entry("DATABASE_PORT", String.valueOf(postgres)),
                Map.entry("DATABASE_NAME", "postgres"),
                Map.entry("DATABASE_USERNAME", "postgres"),
                Map.entry("DATABASE_PASSWORD", "none"),
                Map.entry("DATABASE_SSL", "false"),
                Map.entry("HTTP_PORT", String.valueOf(http)),
                Map.entry("LOG_LEVEL", "error"),
                Map.entry("SEND_TELEMETRY", "false"),
                Map.entry("CHECK_VERSION", "false"),
                // It would refuse what is beyond 20 000 a minute.
                Map.entry("SDK_API_RATE_LIMIT_PER_MINUTE", UNLIMITED),
                Map.entry("TOKEN_AUTHENTICATION_RATE_LIMIT_PER_MINUTE", UNLIMITED),
                Map.entry("INIT_ADMIN_API_TOKENS", ADMIN),
                Map.entry("INIT_FRONTEND_API_TOKENS", FRONTEND));
    }

    private void define() {
        Http admin = new Http(url, ADMIN);
        String environment = FLAGS + "/trail/environments/development";
        admin.post(FLAGS, "{\"name\":\"trail\",\"type\":\"release\"}");
        admin.post(
                environment + "/strategies",
                """
                {"name":"flexibleRollout","parameters":{"rollout":"100","stickiness":"default",
                "groupId":"trail"},"constraints":[{"contextName":"tier","operator":"IN",
                "values":["pro"]}]}\
                """);
        admin.post(environment + "/on", "{}");
        Http frontend = new Http(url, FRONTEND);
        server.await(
                () -> frontend.get(OfrepRace.UNLEASH_PATH).at("/toggles/0/enabled").asBoolean());
    }

    private static boolean answers(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    private static List<String> command(List<String> prefix, String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }
}
