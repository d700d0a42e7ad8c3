package io.trekpoint.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.control.ControlRedis;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.AuditStream;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorFixture;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Write;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class UnansweredWriteTest {
    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final String KEY = "a.setting";

    private RedisServer redis;
    private LaneFixture fixture;
    private Mirror mirror;
    private Lane lane;
    private ControlJournal journal;
    private ControlStore store;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        mirror = MirrorFixture.start(fixture, fixture.lane(LaneName.CONTROL));
        lane = fixture.lane(LaneName.CONTROL, DEADLINE);
        journal = new ControlJournal(lane);
        store = new ControlStore(journal, mirror, InstantSource.system());
        letRedisKnowTheScript();
    }

    @AfterEach
    void stop() {
        mirror.close();
        fixture.close();
        redis.close();
    }

    @Test
    void isTakenForMadeOnceRedisSaysSo() {
        redis.freeze();
        CompletableFuture<Optional<Head>> init =
                CompletableFuture.supplyAsync(() -> store.init("request", this::write));
        await().pollInterval(Duration.ofMillis(5)).until(this::writeTimedOut);
        redis.thaw();
        Head head = init.join().orElseThrow();
        assertThat(journal.standing(List.of()).head()).isEqualTo(head);
        assertThat(new AuditStream(lane).before(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void isNotTakenForMadeWhileRedisStaysSilent() {
        redis.freeze();
        assertThatThrownBy(() -> store.init("request", this::write))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("may have been made");
    }

    private boolean writeTimedOut() {
        return !lane.status().writable();
    }

    private List<Write> write(LastChange change) {
        return List.of(
                new Write(
                        Kind.SETTING,
                        KEY,
                        EntryCodec.encodeSetting(new Entry<>(IntNode.valueOf(1), change))));
    }

    private void letRedisKnowTheScript() {
        Head other = new Head("e", 7, "h");
        journal.append(new Revision(other, new Head("e", 8, "i"), List.of(), "{}"));
    }
}
