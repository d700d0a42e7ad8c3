package io.trekpoint.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.AuditStream;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorFixture;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a revision says that readers of JSON refuse, such as one that is nested too deep. */
@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class UnreadableAuditTest {
    private static final String ENTRY =
            "{\"epoch\":\"e\",\"revision\":%d,\"at\":\"2026-01-01T00:00:00Z\",\"action\":\"put\","
                    + "\"changes\":%s}";
    private static final String TOO_DEEP = "[".repeat(1_005) + "]".repeat(1_005);

    private RedisServer redis;
    private LaneFixture fixture;
    private Mirror mirror;
    private Archiver archiver;
    private AuditStream stream;
    private ControlJournal journal;
    private Head head = Head.NONE;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        Lane lane = fixture.lane(LaneName.CONTROL);
        stream = new AuditStream(lane);
        journal = new ControlJournal(lane);
        var noDisk = new MirrorFixture.Sources(null, null, null);
        append("[]");
        append(TOO_DEEP);
        append("[]");
        mirror = MirrorFixture.start(fixture, lane, noDisk);
        archiver = new Archiver(new NoArchive(), noDisk, stream, mirror, new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        mirror.close();
        fixture.close();
        redis.close();
    }

    @Test
    void isToldAsUnreadableAmongTheOthers() {
        AuditPage page = reading().page(query(null));

        assertThat(page.records())
                .extracting(AuditPage.AuditedRevision::revision)
                .containsExactly(3L, 2L, 1L);
        assertThat(page.records())
                .extracting(AuditPage.AuditedRevision::unreadable)
                .containsExactly(null, true, null);
        assertThat(page.records().get(1).entry()).isNull();
    }

    @Test
    void isNoneThatAnybodyAskedForByItsContent() {
        assertThat(reading().page(query("put")).records())
                .extracting(AuditPage.AuditedRevision::revision)
                .containsExactly(3L, 1L);
    }

    @Test
    void breaksNoChain() {
        AuditVerdict verdict = new AuditVerifier(stream, archiver, mirror).verify();

        assertThat(verdict.why()).isNull();
        assertThat(verdict.to()).isEqualTo(3);
    }

    private AuditReading reading() {
        return new AuditReading(new AuditTrail(stream, archiver));
    }

    private static AuditQuery query(@Nullable String action) {
        return new AuditQuery(null, null, null, action, null, null, null, null);
    }

    private void append(String changes) {
        long next = head.revision() + 1;
        String entry = ENTRY.formatted(next, changes);
        Head made = new Head("e", next, AuditEntry.chain(head.hash(), entry));
        assertThat(journal.append(new Revision(head, made, List.of(), entry))).isTrue();
        head = made;
    }

    private record NoArchive() implements AuditConfig {
        @Override
        public Optional<Path> dir() {
            return Optional.empty();
        }

        @Override
        public Duration volumeSilence() {
            return Duration.ofHours(1);
        }
    }
}
