package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActiveJobsTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ActiveJobs active = new ActiveJobs(2, InstantSource.system());

    @Test
    void tellsForHowManyThereIsRoom() throws InterruptedException {
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(2);
        HeldJob held = active.take(ClaimedJobs.held("a"));
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(1);
        active.take(ClaimedJobs.held("b"));
        assertThat(active.awaitRoom(AT_ONCE)).isZero();
        active.release(held);
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(1);
    }

    @Test
    void holdsAJobBeyondItsRoomAndMakesNoRoomUntilThatIsMadeGood() throws InterruptedException {
        HeldJob first = active.take(ClaimedJobs.held("a"));
        HeldJob second = active.take(ClaimedJobs.held("b"));
        HeldJob beyond = active.take(ClaimedJobs.held("c"));
        assertThat(active.held()).hasSize(3);
        active.release(first);
        assertThat(active.awaitRoom(AT_ONCE)).isZero();
        assertThat(active.awaitIdle(AT_ONCE)).isFalse();
        active.release(second);
        active.release(beyond);
        assertThat(active.awaitIdle(AT_ONCE)).isTrue();
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(2);
    }

    @Test
    void makesRoomForOthersThoughItHoldsMoreThanItHasThreads() throws InterruptedException {
        sawShortJobs();
        List<HeldJob> held =
                Stream.of("a", "b", "c", "d", "e")
                        .map(token -> active.take(ClaimedJobs.held(token)))
                        .toList();
        active.vacate(held.get(0));
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(1);
        active.vacate(held.get(1));
        active.vacate(held.get(2));
        assertThat(active.awaitRoom(AT_ONCE)).as("as many as threads").isEqualTo(2);
        assertThat(active.awaitIdle(AT_ONCE)).isFalse();
        assertThat(active.more(1, true)).as("two beyond its room").isEqualTo(62);
        active.brought(62);
        active.release(held.get(3));
        active.release(held.get(4));
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(2);
        assertThat(active.awaitIdle(AT_ONCE)).isTrue();
    }

    @Test
    void makesNoRoomForOthersWhileItHoldsMoreAheadThanItMay() throws InterruptedException {
        List<HeldJob> held =
                Stream.of("a", "b", "c", "d")
                        .map(token -> active.take(ClaimedJobs.held(token)))
                        .toList();
        active.vacate(held.get(0));
        active.vacate(held.get(1));
        assertThat(active.awaitRoom(AT_ONCE)).isZero();
        active.vacate(held.get(2));
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(1);
    }

    @Test
    void putsAJobInThePlaceOfOneThatIsOver() throws InterruptedException {
        HeldJob over = active.take(ClaimedJobs.held("a"));
        HeldJob next = active.replace(over, ClaimedJobs.held("b"));
        assertThat(active.held()).containsExactly(next);
        assertThat(active.awaitRoom(AT_ONCE)).isEqualTo(1);
    }

    @Test
    void wantsAsManyAsAreOverWhileNothingMayBeClaimedAhead() {
        assertThat(active.more(2, true)).isZero();
    }

    @Test
    void wantsMoreWhileJobsAreShortAndCountsOnWhatIsComing() {
        sawShortJobs();
        assertThat(active.more(2, true)).isEqualTo(64);
        assertThat(active.more(2, true)).as("another call at the same time").isZero();
        active.brought(64);
        assertThat(active.more(2, true)).as("that one has found nothing").isEqualTo(64);
    }

    @Test
    void wantsNoMoreThanAreOverWhereThereIsNoPlenty() {
        sawShortJobs();
        assertThat(active.more(2, false)).isZero();
    }

    @Test
    void countsWhatItHoldsBeyondItsRoom() {
        sawShortJobs();
        active.take(ClaimedJobs.held("a"));
        active.take(ClaimedJobs.held("b"));
        HeldJob beyond = active.take(ClaimedJobs.held("c"));
        assertThat(active.more(1, true)).isEqualTo(63);
        active.brought(63);
        active.release(beyond);
        assertThat(active.more(1, true)).isEqualTo(64);
    }

    @Test
    void wantsFewerOnceItHoldsTooMany() {
        for (String token : new String[] {"a", "b", "c", "d", "e"}) {
            active.take(ClaimedJobs.held(token));
        }
        assertThat(active.more(2, true))
                .as("three beyond its room, two of them over")
                .isEqualTo(-2);
        assertThat(active.more(2, true)).as("another call at the same time").isEqualTo(-1);
    }

    private void sawShortJobs() {
        for (int i = 0; i < 300; i++) {
            active.took(Duration.ofNanos(1000));
        }
    }
}
