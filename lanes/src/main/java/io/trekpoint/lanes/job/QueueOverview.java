package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what is in the shards. Owns {@code overview.lua}. Thread-safe. */
public final class QueueOverview {
    private static final Script OVERVIEW = Script.load("overview");
    private static final List<String> COUNTERS =
            List.of("staleFinishesRefused", "leasesLapsed", "entriesSkipped", "repairs");

    private final Lane lane;
    private final JobConfig config;

    /** Counts over the jobs lane. */
    public QueueOverview(Lane lane, JobConfig config) {
        this.lane = lane;
        this.config = config;
    }

    /**
     * Every shard, each at a moment of its own.
     *
     * @throws LaneException when the lane gives no answer
     */
    public List<ShardOverview> shards() {
        List<ShardOverview> shards = new ArrayList<>();
        for (int shard = 0; shard < config.shards(); shard++) {
            shards.add(shard(shard));
        }
        return shards;
    }

    private ShardOverview shard(int shard) {
        Response reply =
                Objects.requireNonNull(
                        OVERVIEW.run(
                                lane,
                                List.of(JobKeys.of(shard).meta()),
                                List.of(0, config.shards())));
        long now = reply.get(0).toLong();
        Map<Priority, ShardOverview.Line> lines = new EnumMap<>(Priority.class);
        long inStreams = 0;
        for (Priority priority : Priority.values()) {
            long depth = reply.get(1 + priority.rank()).toLong();
            inStreams += depth;
            lines.put(
                    priority,
                    new ShardOverview.Line(depth, since(now, reply.get(4 + priority.rank()))));
        }
        long front = reply.get(7).toLong();
        long active = reply.get(8).toLong();
        long delayed = reply.get(9).toLong();
        long open = reply.get(10).toLong();
        Map<String, String> meta = fields(reply.get(14));
        return new ShardOverview(
                shard,
                lines,
                front,
                Math.max(0, open - inStreams - front - active - delayed),
                delayed,
                active,
                reply.get(11).toLong(),
                reply.get(12).toLong(),
                since(now, reply.get(13)),
                paused(meta),
                number(meta, "bytes"),
                number(meta, "deadBytes"),
                number(meta, "ceiling"),
                counters(meta));
    }

    /** RESP3 answers a script's HGETALL with a list too: fields and values by turns. */
    private static Map<String, String> fields(Response pairs) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return fields;
    }

    private static Optional<ShardOverview.Paused> paused(Map<String, String> meta) {
        return "1".equals(meta.get("paused"))
                ? Optional.of(
                        new ShardOverview.Paused(
                                meta.getOrDefault("pausedBy", ""),
                                Instant.ofEpochMilli(number(meta, "pausedAt"))))
                : Optional.empty();
    }

    private static Map<String, Long> counters(Map<String, String> meta) {
        Map<String, Long> counters = new TreeMap<>();
        COUNTERS.forEach(name -> counters.put(name, number(meta, name)));
        return counters;
    }

    private static Duration since(long now, Response ms) {
        String text = ms.toString();
        return text.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, now - Long.parseLong(text)));
    }

    private static long number(Map<String, String> meta, String name) {
        return Long.parseLong(meta.getOrDefault(name, "0"));
    }
}
