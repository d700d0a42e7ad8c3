package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorStateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Head SECOND = new Head("e", 2, "h2");
    private static final Head THIRD = new Head("e", 3, "h3");

    private final MirrorState mirror = new MirrorState(InstantSource.fixed(NOW));

    @BeforeEach
    void fill() {
        mirror.offer(Source.REDIS, fill(SECOND, Head.NONE, null));
    }

    @Test
    void isNotAlarmedByAHeadThatAChangeHasOvertaken() {
        assertThat(mirror.apply(new Change(THIRD, "h2", List.of()))).isTrue();
        assertThat(mirror.heard(SECOND, SECOND)).isFalse();
        assertThat(mirror.current().alarm()).isNull();
        assertThat(head()).isEqualTo(THIRD);
    }

    @Test
    void letsAStateGoThatAChangeHasOvertaken() {
        mirror.apply(new Change(THIRD, "h2", List.of()));
        mirror.offer(Source.REDIS, fill(SECOND, SECOND, null));
        assertThat(mirror.current().alarm()).isNull();
        assertThat(head()).isEqualTo(THIRD);
    }

    @Test
    void takesAStateWhoseHistoryFollows() {
        Head fifth = new Head("e", 5, "h5");
        mirror.offer(Source.REDIS, fill(fifth, SECOND, "h2"));
        assertThat(head()).isEqualTo(fifth);
    }

    @Test
    void refusesAStateWhoseHistoryDoesNotFollow() {
        mirror.offer(Source.REDIS, fill(new Head("e", 5, "h5"), SECOND, "other"));
        assertThat(head()).isEqualTo(SECOND);
        assertThat(mirror.current().alarm()).isEqualTo(new Alarm(Source.REDIS, Divergence.FORKED));
    }

    @Test
    void refusesAnotherStateThatWasAskedForBeforeOneWasKnown() {
        mirror.offer(Source.REDIS, fill(new Head("e", 2, "other"), Head.NONE, null));
        assertThat(mirror.current().alarm()).isEqualTo(new Alarm(Source.REDIS, Divergence.FORKED));
        mirror.offer(Source.CONTROL, fill(new Head("f", 9, "h9"), Head.NONE, null));
        assertThat(mirror.current().alarm())
                .isEqualTo(new Alarm(Source.CONTROL, Divergence.REPLACED));
        assertThat(head()).isEqualTo(SECOND);
    }

    @Test
    void isAlarmedByRedisAloneForBeingBehind() {
        for (Head behind : List.of(new Head("e", 1, "h1"), Head.NONE)) {
            mirror.offer(Source.CONTROL, fill(behind, SECOND, null));
            assertThat(mirror.current().alarm()).isNull();
        }
        mirror.offer(Source.REDIS, fill(new Head("e", 1, "h1"), SECOND, null));
        assertThat(mirror.current().alarm().divergence()).isEqualTo(Divergence.ROLLED_BACK);
        assertThat(head()).isEqualTo(SECOND);
    }

    @Test
    void refusesAnotherHashAtTheSameRevision() {
        mirror.heard(SECOND, new Head("e", 2, "other"));
        assertThat(mirror.current().alarm().divergence()).isEqualTo(Divergence.FORKED);
    }

    @Test
    void keepsTheBetterSourceAtTheSameRevision() {
        mirror.offer(Source.CONTROL, fill(SECOND, SECOND, null));
        assertThat(mirror.current().source()).isEqualTo(Source.REDIS);
    }

    @Test
    void doesNotLetALesserSourceClearAnAlarm() {
        mirror.raise(Source.REDIS, Divergence.VANISHED);
        mirror.offer(Source.CONTROL, fill(SECOND, SECOND, null));
        assertThat(mirror.current().alarm()).isNotNull();
        mirror.heard(SECOND, SECOND);
        assertThat(mirror.current().alarm()).isNull();
    }

    @Test
    void hasNoChangeAfterAGap() {
        assertThat(mirror.apply(new Change(new Head("e", 4, "h4"), "h3", List.of()))).isFalse();
        assertThat(mirror.apply(new Change(THIRD, "h2", null))).isFalse();
        assertThat(head()).isEqualTo(SECOND);
        assertThat(mirror.current().alarm()).isNull();
    }

    private Head head() {
        return mirror.current().state().head();
    }

    private static Fill fill(Head head, Head asked, String previous) {
        ControlState state =
                new ControlState(
                        head, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), false);
        return new Fill(state, Collections.emptySortedSet(), previous, asked, NOW);
    }
}
