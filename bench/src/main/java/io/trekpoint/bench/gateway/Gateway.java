package io.trekpoint.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.trekpoint.bench.service.Http;
import io.trekpoint.bench.service.Service;
import io.trekpoint.lanes.redis.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged gateway, on a Redis of its own for jobs and control, with clients who have a job
 * each.
 */
final class Gateway implements AutoCloseable {
    private static final int CLIENTS = 100;
    private static final String WALK =
            """
            <gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
            <trkpt lat="47" lon="11"/><trkpt lat="47.01" lon="11"/></trkseg></trk></gpx>\
            """;

    /** Limits that refuse nothing that a benchmark sends. */
    static final Map<String, JsonNode> LARGE =
            Map.of(
                    "limits.burst.requests", IntNode.valueOf(100_000),
                    "limits.hour.requests", IntNode.valueOf(100_000_000));

    private final RedisServer redis;
    private final Service service;
    private final List<String> keys;

    /**
     * Starts it.
     *
     * @param limits the URL of the Redis of limits
     * @param settings their values by their keys, beside large limits
     */
    Gateway(Path root, Path work, String limits, Map<String, JsonNode> settings) {
        Map<String, JsonNode> all = new HashMap<>(LARGE);
        all.putAll(settings);
        redis = RedisServer.start();
        keys = Clients.write(redis, CLIENTS, all);
        service = start(root, work, redis, limits);
    }

    /** Starts a gateway alone. */
    static Service start(Path root, Path work, RedisServer redis, String limits) {
        return Service.start(
                "api-service",
                root,
                work,
                Map.of("TREK_REDIS_URL", redis.url(), "TREK_REDIS_LIMITS_URL", limits));
    }

    String url() {
        return service.http().url();
    }

    Http http() {
        return service.http();
    }

    List<String> keys() {
        return keys;
    }

    /** Looks of every client at its job: each is charged to its limits, and reads the job. */
    Requests looksAtJobs(String name) {
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            JsonNode job =
                    http().post(
                                    "/v1/jobs/stats",
                                    WALK,
                                    "X-API-Key",
                                    key,
                                    "Content-Type",
                                    "application/gpx+xml");
            lines.add(key + " /v1/jobs/" + job.path("id").asText());
        }
        return new Requests(name, lines);
    }

    @Override
    public void close() {
        service.close();
        redis.close();
    }
}
