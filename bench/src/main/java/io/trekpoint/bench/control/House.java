package io.trekpoint.bench.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.bench.service.Http;
import io.trekpoint.bench.service.Service;
import io.trekpoint.lanes.redis.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged services on a Redis of their own, with a data set. */
final class House implements AutoCloseable {
    private static final String TOKEN = "bench";
    private static final List<String> MODULES =
            List.of("control-service", "api-service", "worker-service");

    private final RedisServer redis = RedisServer.start();
    private final List<Service> services = new ArrayList<>();
    private final List<Http> urls = new ArrayList<>();
    private final String reader;
    private final String operator;

    /**
     * Starts them.
     *
     * @param root where the modules are packaged
     * @param work where logs and snapshots go
     * @param number how many of the control service, the gateway and the worker, in this order
     */
    House(Path root, Path work, int number) {
        MODULES.stream().limit(number).forEach(module -> start(module, root, work));
        JsonNode clients =
                new Http(control().url(), "Bearer " + TOKEN)
                        .post(
                                "/v1/init",
                                """
                                {"clients":[{"name":"reader","tier":"pro","roles":["reader"]},
                                {"name":"operator","tier":"pro","roles":["operator"]}]}\
                                """)
                        .path("clients");
        this.reader = clients.at("/0/key").asText();
        this.operator = clients.at("/1/key").asText();
    }

    RedisServer redis() {
        return redis;
    }

    /** The key of a client that may evaluate. */
    String reader() {
        return reader;
    }

    Http control() {
        return urls.getFirst();
    }

    Http asReader() {
        return new Http(control().url(), "Bearer " + reader);
    }

    Http asOperator() {
        return new Http(control().url(), "Bearer " + operator);
    }

    /** Every service, without a key. */
    List<Http> all() {
        return urls;
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        redis.close();
    }

    private void start(String module, Path root, Path work) {
        Service service =
                Service.start(
                        module,
                        root,
                        work,
                        Map.of("TREK_REDIS_URL", redis.url(), "TREK_INIT_TOKEN", TOKEN));
        services.add(service);
        urls.add(service.http());
    }
}
