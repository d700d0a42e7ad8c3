package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"XADD %s 9-0 writes broken", "SET %s x"})
    void goesOnOverAChangeStreamThatSomebodyElseWroteTo(String harm) throws InterruptedException {
        journal.append(revision(Head.NONE, FIRST));
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            redis.command("DEL " + ControlKeys.CHANGES);
            redis.command(harm.formatted(ControlKeys.CHANGES));
            Head second = new Head("e", 2, "h2");
            assertThat(journal.append(revision(FIRST, second, setting("1")))).isTrue();
            assertThat(mirror.awaitRevision(2, Duration.ofSeconds(5))).isTrue();
            assertThat(mirror.current().state().settings()).containsKey("s");
        }
    }

    @Test
    void stagesAChangeTooLargeForOneCommand() throws InterruptedException {
        journal.append(revision(Head.NONE, FIRST));
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            JsonNode value = EntryCodec.parse("value", "\"" + "é".repeat(300) + "\"");
            writes.add(new Write(Kind.SETTING, "s" + i, stored(value)));
        }
        String told = "{\"é\":\"" + "\uD83E\uDD7E".repeat(200_000) + "\"}";
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            assertThat(journal.append(new Revision(FIRST, new Head("e", 2, "h2"), writes, told)))
                    .isTrue();
            assertThat(mirror.awaitRevision(2, Duration.ofSeconds(5))).isTrue();
            assertThat(mirror.current().state().settings()).hasSize(2_000);
        }
        assertThat(audit.before(Long.MAX_VALUE, 1).getFirst().entry()).isEqualTo(told);
        assertThat(redis.command("EVAL \"return #redis.call('KEYS','*staged*')\" 0"))
                .isEqualTo(":0");
    }

    @Test
    void putsAStateBackThatWasLost() throws InterruptedException {
        journal.append(revision(Head.NONE, FIRST, setting("1")));
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            redis.command("FLUSHALL");
            await().until(() -> mirror.current().alarm() != null);
            Revision back = revision(FIRST, new Head("e", 2, "h2"), setting("1"));
            assertThat(journal.restore(back, "")).isEqualTo(ControlJournal.Restored.DONE);
            assertThat(journal.restore(back, "")).isEqualTo(ControlJournal.Restored.THERE_ALREADY);
            assertThat(mirror.awaitRevision(2, Duration.ofSeconds(5))).isTrue();
            assertThat(mirror.current().alarm()).isNull();
            assertThat(mirror.current().state().settings()).containsKey("s");
        }
    }

    @Test
    void replacesAnotherDataSetOnlyWhereItIsNamed() {
        journal.append(revision(Head.NONE, new Head("other", 1, "x"), setting("7")));
        Revision back = revision(FIRST, new Head("e", 2, "h2"), setting("1"));
        assertThat(journal.restore(back, "")).isEqualTo(ControlJournal.Restored.OCCUPIED);
        assertThat(journal.standing(List.of()).head().epoch()).isEqualTo("other");
        assertThat(journal.restore(back, "other")).isEqualTo(ControlJournal.Restored.DONE);
        assertThat(journal.standing(List.of()).head()).isEqualTo(new Head("e", 2, "h2"));
        assertThat(audit.before(Long.MAX_VALUE, 10))
                .extracting(AuditRecord::revision)
                .containsExactly(2L);
    }

    @Test
    void cutsTheAuditOnlyWhereEveryVolumeHasIt() {
        Head head = Head.NONE;
        for (int revision = 1; revision <= 20; revision++) {
            Head next = new Head("e", revision, "h" + revision);
            journal.append(revision(head, next));
            head = next;
        }
        Duration day = Duration.ofDays(1);
        assertThat(audit.archived("slow", 3, 5, day)).isEqualTo(3);
        assertThat(audit.archived("fast", 20, 5, day)).isZero();
        assertThat(audit.archived("slow", 12, 5, day)).isEqualTo(9);
        assertThat(audit.archived("slow", 20, 5, day)).isEqualTo(3);
        assertThat(audit.before(Long.MAX_VALUE, 50)).hasSize(5);
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
        return new Write(Kind.SETTING, "s", stored(EntryCodec.parse("value", value)));
    }

    private static JsonNode stored(JsonNode value) {
        LastChange change = new LastChange(1, "tester", "a test", Instant.EPOCH);
        return EntryCodec.encodeSetting(new Entry<>(value, change));
    }
}
