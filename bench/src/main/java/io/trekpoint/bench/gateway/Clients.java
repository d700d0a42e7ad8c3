package io.trekpoint.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.bench.service.Http;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Write;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes control states with clients, in a Redis, as the control service would. */
final class Clients {
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Clients() {}

    /**
     * Writes a control state.
     *
     * @param number how many clients it has
     * @param settings their values by their keys, as JSON
     * @return a key of each client
     */
    static List<String> write(RedisServer redis, int number, Map<String, JsonNode> settings) {
        LastChange change = new LastChange(1, "bench", "bench", Instant.now());
        List<String> keys = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        settings.forEach((key, value) ->
                writes.add(
                        new Write(
                                Kind.SETTING,
                                key,
                                EntryCodec.encodeSetting(new Entry<>(value, change)))));
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < number; i++) {
            ApiKey key = ApiKey.generate("dev", random);
            Client client = Client.of(key.id(), "bench-" + i, Tier.PRO, Set.of(), key.secretHash());
            writes.add(
                    new Write(
                            Kind.CLIENT,
                            key.id(),
                            EntryCodec.encodeClient(new Entry<>(client, change))));
            keys.add(key.reveal());
        }
        append(redis, writes);
        return keys;
    }

    private static void append(RedisServer redis, List<Write> writes) {
        try (LaneFixture fixture = new LaneFixture(redis)) {
            ControlJournal journal = new ControlJournal(fixture.lane(LaneName.CONTROL, PATIENCE));
            Head head = new Head("", 0, "");
            for (int i = 0; i < writes.size(); i += BATCH) {
                long revision = head.revision() + 1;
                Head next = new Head("bench", revision, "h" + revision);
                List<Write> batch = writes.subList(i, Math.min(i + BATCH, writes.size()));
                String audit = Http.JSON.createObjectNode().put("reason", "bench").toString();
                if (!journal.append(new Revision(head, next, batch, audit))) {
                    throw new IllegalStateException("the revision was not made");
                }
                head = next;
            }
        }
    }
}
