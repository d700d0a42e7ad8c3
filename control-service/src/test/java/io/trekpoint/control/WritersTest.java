package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.AuditStream;
import io.trekpoint.lanes.redis.LaneFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class WritersTest {
    private static final String PATH = "/v1/settings/gpx.export.monthly-quota";
    private static final int WRITERS = 8;
    private static final int ROUNDS = 5;

    @Test
    void loseNoUpdateAndLeaveAWholeAudit() throws Exception {
        write(0, "*");
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(writers.submit(this::incrementRepeatedly));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(Keys.as("viewer").get(PATH).jsonPath().getInt("value"))
                .isEqualTo(WRITERS * ROUNDS);
        assertThatTheAuditIsOneChain();
    }

    private void incrementRepeatedly() {
        for (int done = 0; done < ROUNDS; ) {
            Response read = Keys.as("viewer").get(PATH);
            int next = read.jsonPath().getInt("value") + 1;
            int status = write(next, read.header("ETag")).statusCode();
            assertThat(status).isIn(200, 412);
            done += status == 200 ? 1 : 0;
        }
    }

    private static Response write(int value, String ifMatch) {
        return Keys.as("operator")
                .header("If-Match", ifMatch)
                .body("{\"value\":" + value + ",\"reason\":\"a test\"}")
                .put(PATH);
    }

    private static void assertThatTheAuditIsOneChain() {
        try (LaneFixture fixture = new LaneFixture(ControlRedis.server())) {
            List<AuditRecord> chain =
                    new AuditStream(fixture.lane(LaneName.CONTROL)).before(Long.MAX_VALUE, 10_000);
            assertThat(chain).hasSizeGreaterThan(WRITERS * ROUNDS);
            // Of the revisions before these, Redis may have let go once they were archived.
            String hash = chain.getLast().previous();
            long revision = chain.getLast().revision() - 1;
            for (AuditRecord each : chain.reversed()) {
                assertThat(each.revision()).isEqualTo(++revision);
                assertThat(each.previous()).isEqualTo(hash);
                hash = AuditEntry.chain(hash, each.entry());
                assertThat(each.hash()).isEqualTo(hash);
            }
        }
    }
}
