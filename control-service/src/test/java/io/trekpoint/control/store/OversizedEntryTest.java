package io.trekpoint.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.Keys;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.EntryBounds;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Standing;
import io.trekpoint.lanes.mirror.Write;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An entry that no service reads, since somebody has written it past the control service. */
@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class OversizedEntryTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final EntryKey flag = new EntryKey(Kind.FLAG, "test." + UUID.randomUUID());

    @Inject ControlJournal journal;
    @Inject Mirror mirror;

    @Test
    void isAnAlarmUntilItIsDeleted() {
        create();
        writePastTheStore();
        await().atMost(SOON).until(() -> mirror.current().unreadable().contains(flag.toString()));

        Keys.as("operator")
                .header("If-Match", "*")
                .delete("/v1/flags/" + flag.key() + "?reason=a test")
                .then()
                .statusCode(200);

        await().atMost(SOON).until(() -> !mirror.current().unreadable().contains(flag.toString()));
        Keys.as("viewer").get("/v1/audit/verify").then().body("verified", equalTo(true));
    }

    @Test
    void canBeKilled() {
        create();
        writePastTheStore();
        await().atMost(SOON).until(() -> mirror.current().unreadable().contains(flag.toString()));

        Keys.as("operator")
                .body("{\"reason\":\"%s\"}".formatted("山".repeat(500)))
                .post("/v1/flags/" + flag.key() + "/kill")
                .then()
                .statusCode(200)
                .body("flag.killed", equalTo(true));
    }

    private void create() {
        Keys.as("operator")
                .header("If-None-Match", "*")
                .body(
                        """
                        {"reason":"a test","definition":{"state":"ENABLED","variants":{"a":true}}}\
                        """)
                .put("/v1/flags/" + flag.key())
                .then()
                .statusCode(200);
    }

    private void writePastTheStore() {
        Standing standing = journal.standing(List.of(flag));
        ObjectNode form = standing.stored(flag).orElseThrow().deepCopy();
        form.put("padding", "x".repeat(EntryBounds.LARGEST_BYTES));
        Head base = standing.head();
        long next = base.revision() + 1;
        String audit =
                new AuditEntry(base.epoch(), next, Instant.now(), "put", "x", "x", "x", List.of())
                        .json();
        Head head = new Head(base.epoch(), next, AuditEntry.chain(base.hash(), audit));
        Write write = new Write(flag.kind(), flag.key(), form);
        assertThat(journal.append(new Revision(base, head, List.of(write), audit))).isTrue();
    }
}
