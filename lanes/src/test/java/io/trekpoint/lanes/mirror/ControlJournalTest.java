package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlJournalTest {
    private static final Head FIRST = new Head("e", 1, "h1");
    private static final EntryKey S = new EntryKey(Kind.SETTING, "s");

    private RedisServer redis;
    private LaneFixture fixture;
    private Lane lane;
    private ControlJournal journal;
    private AuditStream audit;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.CONTROL);
        journal = new ControlJournal(lane);
        audit = new AuditStream(lane);
    }

    @AfterEach
    void stop() {
        fixture.close();
        redis.close();
    }

    @Test
    void createsADataSetOnce() {
        assertThat(journal.append(revision(Head.NONE, FIRST))).isTrue();
        assertThat(journal.append(revision(Head.NONE, new Head("f", 1, "x")))).isFalse();
        assertThat(journal.standing(List.of(S)).head()).isEqualTo(FIRST);
    }

    @Test
    void createsNothingOverRemains() {
        redis.command("HSET " + ControlKeys.entries(Kind.CLIENT) + " a {}");
        assertThat(journal.append(revision(Head.NONE, FIRST))).isFalse();
    }

    @Test
    void refusesAChangeThatWasComputedFromAnotherHead() {
        journal.append(revision(Head.NONE, FIRST));
        Head second = new Head("e", 2, "h2");
        assertThat(journal.append(revision(FIRST, second, setting("1")))).isTrue();
        assertThat(journal.append(revision(FIRST, new Head("e", 2, "x"), setting("2")))).isFalse();
        assertThat(journal.append(revision(new Head("e", 2, "x"), new Head("e", 3, "y"))))
                .isFalse();
        assertThat(journal.append(revision(new Head("f", 2, "h2"), new Head("f", 3, "y"))))
                .isFalse();

        Standing standing = journal.standing(List.of(S));
        assertThat(standing.head()).isEqualTo(second);
        assertThat(standing.stored(S).orElseThrow().path("value").asInt()).isEqualTo(1);
        assertThat(audit.before(Long.MAX_VALUE, 10))
                .extracting(AuditRecord::hash)
                .containsExactly("h2", "h1");
    }

    @Test
    void writesNothingWithoutItsAuditEntry() {
        journal.append(revision(Head.NONE, FIRST));
        redis.command("XADD " + ControlKeys.AUDIT + " 9-0 entry {}");
        assertThatThrownBy(
                        () -> journal.append(revision(FIRST, new Head("e", 2, "h2"), setting("1"))))
                .isInstanceOf(LaneException.class);
        assertThat(journal.standing(List.of(S)).head()).isEqualTo(FIRST);
        assertThat(journal.standing(List.of(S)).stored()).isEmpty();
        assertThat(redis.command("XLEN " + ControlKeys.CHANGES)).isEqualTo(":1");
    }

    @Test
    void removesAnEntry() throws InterruptedException {
        journal.append(revision(Head.NONE, FIRST, setting("1")));
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            assertThat(mirror.current().state().settings()).containsKey("s");
            Write removal = new Write(Kind.SETTING, "s", NullNode.getInstance());
            journal.append(revision(FIRST, new Head("e", 2, "h2"), removal));
            assertThat(mirror.awaitRevision(2, Duration.ofSeconds(3))).isTrue();
            assertThat(mirror.current().state().settings()).isEmpty();
        }
    }

    @Test
    void letsMirrorsReadAChangeTooLargeForTheStream() throws InterruptedException {
        journal.append(revision(Head.NONE, FIRST));
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            String large = "\"" + "x".repeat(70_000) + "\"";
            journal.append(revision(FIRST, new Head("e", 2, "h2"), setting(large)));
            assertThat(mirror.awaitRevision(2, Duration.ofSeconds(3))).isTrue();
            assertThat(mirror.current().state().settings().get("s").value().asText())
                    .hasSize(70_000);
            assertThat(mirror.current().alarm()).isNull();
        }
    }

    @Test
    void pagesTheAuditNewestFirst() {
        journal.append(revision(Head.NONE, FIRST));
        journal.append(revision(FIRST, new Head("e", 2, "h2")));
        journal.append(revision(new Head("e", 2, "h2"), new Head("e", 3, "h3")));
        assertThat(audit.before(Long.MAX_VALUE, 2))
                .extracting(AuditRecord::revision)
                .containsExactly(3L, 2L);
        assertThat(audit.before(2, 2)).extracting(AuditRecord::revision).containsExactly(1L);
    }

    @Test
    void readsTheAuditInPartsWithoutAGap() {
        Head head = Head.NONE;
        for (int revision = 1; revision <= 40; revision++) {
            Head next = new Head("e", revision, "h" + revision);
            assertThat(journal.append(revision(head, next))).isTrue();
            head = next;
        }
        for (int limit : List.of(1, 16, 17, 32, 40, 200)) {
            assertThat(audit.before(Long.MAX_VALUE, limit))
                    .extracting(AuditRecord::revision)
                    .containsExactlyElementsOf(
                            LongStream.iterate(40, r -> r - 1)
                                    .limit(Math.min(40, limit))
                                    .boxed()
                                    .toList());
        }
    }

    private static Revision revision(Head base, Head head, Write... writes) {
        return new Revision(base, head, List.of(writes), "{}");
    }

    private static Write setting(String value) {
        JsonNode json = EntryCodec.parse("value", value);
        LastChange change = new LastChange(1, "tester", "a test", Instant.EPOCH);
        return new Write(Kind.SETTING, "s", EntryCodec.encodeSetting(new Entry<>(json, change)));
    }
}
