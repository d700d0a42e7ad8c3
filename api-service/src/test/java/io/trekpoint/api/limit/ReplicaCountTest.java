package io.trekpoint.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.instance.Beat;
import io.trekpoint.lanes.instance.Identity;
import io.trekpoint.lanes.instance.Roll;
import io.trekpoint.lanes.limit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicaCountTest {
    private static final int FLOOR = 1;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock("2026-11-29T12:00:00Z");
    private int present = 1;
    private boolean away;
    private final ReplicaCount replicas = new ReplicaCount(FLOOR, this::roll, clock);

    @Test
    void countsOneMoreAtOnce() {
        assertThat(seen(2)).isEqualTo(2);
        assertThat(seen(3)).isEqualTo(3);
    }

    @Test
    void countsOneFewerOnlyOnceItHasBeenGoneForAWhile() {
        seen(3);

        assertThat(seen(2)).isEqualTo(3);
        clock.advance(PATIENCE.minusMillis(1));
        assertThat(seen(2)).isEqualTo(3);
        clock.advance(Duration.ofMillis(1));
        assertThat(seen(2)).isEqualTo(2);
    }

    @Test
    void beginsAnewOnceEnoughWereSeenMeanwhile() {
        seen(3);
        seen(2);
        clock.advance(PATIENCE.minusMillis(1));
        seen(3);
        clock.advance(PATIENCE);

        assertThat(seen(2)).isEqualTo(3);
    }

    /** A Redis that comes back empty hears of this gateway first and of the others later. */
    @Test
    void keepsTheCountAcrossAnOutageAndForAWhileAfterIt() {
        seen(3);
        outage(Duration.ofSeconds(60));

        assertThat(seen(1)).isEqualTo(3);
        clock.advance(PATIENCE.minusMillis(1));
        assertThat(seen(1)).isEqualTo(3);
        clock.advance(Duration.ofMillis(1));
        assertThat(seen(1)).isEqualTo(1);
    }

    @Test
    void takesNoTimeWithoutAnAnswerForAbsence() {
        seen(3);
        seen(1);
        outage(Duration.ofSeconds(60));

        assertThat(seen(1)).isEqualTo(3);
    }

    /** Nor the time of a process that was stopped and did not look. */
    @Test
    void takesNoTimeInWhichNobodyLookedForAbsence() {
        seen(3);
        clock.advance(Duration.ofMinutes(10));

        assertThat(seen(1)).isEqualTo(3);
    }

    @Test
    void isNeverBelowTheFloor() {
        ReplicaCount floored = new ReplicaCount(4, this::roll, clock);
        assertThat(floored.count()).isEqualTo(4);

        floored.look();
        clock.advance(PATIENCE);
        floored.look();
        assertThat(floored.count()).isEqualTo(4);

        present = 5;
        floored.look();
        assertThat(floored.count()).isEqualTo(5);
        present = 1;
        floored.look();
        clock.advance(PATIENCE);
        floored.look();
        assertThat(floored.count()).isEqualTo(4);
    }

    private int seen(int gateways) {
        present = gateways;
        replicas.look();
        return replicas.count();
    }

    /** Asks all the time, in vain. */
    private void outage(Duration length) {
        int before = replicas.count();
        away = true;
        for (Duration t = Duration.ZERO; t.compareTo(length) < 0; t = t.plus(INTERVAL)) {
            clock.advance(INTERVAL);
            assertThatThrownBy(replicas::look).isInstanceOf(IllegalStateException.class);
            assertThat(replicas.count()).isEqualTo(before);
        }
        away = false;
    }

    private Roll roll() {
        if (away) {
            throw new IllegalStateException("nobody can be asked");
        }
        return new Roll(
                clock.instant(),
                Stream.concat(
                                IntStream.range(0, present).mapToObj(i -> beat("api-service", i)),
                                Stream.of(beat("worker-service", 0), beat("worker-service", 1)))
                        .map(beat -> new Roll.Present(beat, 0))
                        .toList());
    }

    private Beat beat(String service, int number) {
        return new Beat(
                new Identity(
                        service + number,
                        service,
                        "1",
                        URI.create("http://localhost"),
                        clock.instant()),
                1,
                "redis",
                0,
                null,
                new LinkedHashMap<>());
    }
}
