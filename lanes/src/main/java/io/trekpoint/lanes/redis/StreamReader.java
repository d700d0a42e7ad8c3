package io.trekpoint.lanes.redis;

import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.LaneException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a stream from a position on, waiting for news. */
public final class StreamReader {
    /** The position before the first entry. */
    public static final String BEGINNING = "0-0";

    private static final int BATCH = 500;
    private static final Duration GRACE = Duration.ofMillis(500);

    private final FollowClient client;
    private final String key;

    /**
     * Reads one stream.
     *
     * @param client the waiting side of the stream's lane
     * @param key the stream
     */
    public StreamReader(FollowClient client, String key) {
        this.client = client;
        this.key = key;
    }

    /**
     * The entries after a position, at most 500, waiting for the first one.
     *
     * @param after the id of the last entry already known
     * @param wait how long to wait when there is none; at least 1 ms
     * @return oldest first; empty when the wait was in vain or the stream does not exist
     * @throws LaneException when the lane gives no answer within the wait and a grace of 500 ms
     */
    public List<StreamEntry> read(String after, Duration wait) {
        Request request =
                Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(BATCH)
                        .arg("BLOCK")
                        .arg(wait.toMillis())
                        .arg("STREAMS")
                        .arg(key)
                        .arg(after);
        return entriesOf(client.send(request, wait.plus(GRACE)));
    }

    /**
     * The id of the newest entry; {@link #BEGINNING} for an empty stream or none.
     *
     * @throws LaneException when the lane gives no answer
     */
    public String newest() {
        Response reply =
                client.send(
                        Request.cmd(Command.XREVRANGE)
                                .arg(key)
                                .arg("+")
                                .arg("-")
                                .arg("COUNT")
                                .arg(1),
                        GRACE);
        return reply == null || reply.size() == 0 ? BEGINNING : reply.get(0).get(0).toString();
    }

    private static List<StreamEntry> entriesOf(@Nullable Response reply) {
        List<StreamEntry> entries = new ArrayList<>();
        if (reply == null || reply.size() == 0) {
            return entries;
        }
        for (Response entry : entriesOfOnlyStream(reply)) {
            Map<String, String> fields = new LinkedHashMap<>();
            Response pairs = entry.get(1);
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
            }
            entries.add(new StreamEntry(entry.get(0).toString(), fields));
        }
        return entries;
    }

    /** RESP3 answers with a map of key to entries, RESP2 with a list of such pairs. */
    private static Response entriesOfOnlyStream(Response reply) {
        return reply.getKeys().isEmpty()
                ? reply.get(0).get(1)
                : reply.get(reply.getKeys().iterator().next());
    }
}
