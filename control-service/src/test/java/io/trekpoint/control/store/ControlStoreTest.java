package io.trekpoint.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.Keys;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class ControlStoreTest {
    private static final Intent INTENT = new Intent("put", "tester", "a test", "request");
    private static final String KEY = "a.setting.of.the.test";
    private static final int CHANGES = 40;

    @Inject ControlJournal journal;
    @Inject Mirror mirror;
    @Inject InstantSource clock;

    @Test
    void losesNoChangeToAnotherReplica() throws Exception {
        Keys.as("viewer").get("/v1/flags").then().statusCode(200);
        try (ExecutorService replicas = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ControlStore replica = new ControlStore(journal, mirror, clock);
                both.add(replicas.submit(() -> incrementRepeatedly(replica)));
            }
            for (Future<?> each : both) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        JsonNode stored = mirror.current().state().settings().get(KEY).value();
        assertThat(stored.intValue()).isEqualTo(2 * CHANGES);
    }

    private static void incrementRepeatedly(ControlStore replica) {
        for (int i = 0; i < CHANGES; i++) {
            replica.change(
                    Kind.SETTING,
                    KEY,
                    INTENT,
                    (stored, change) -> {
                        int before = stored.map(json -> json.path("value").asInt()).orElse(0);
                        var after = new Entry<JsonNode>(IntNode.valueOf(before + 1), change);
                        return Optional.of(EntryCodec.encodeSetting(after));
                    });
        }
    }
}
