package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The bound of the documentation, over every window of any arrivals. */
class LimitBoundTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    /** Within any time of length d, at most burst + d / interval. */
    @Property(tries = 300)
    void admitsAtMostTheBurstAndWhatIsEarnedBackInAnyWindow(
            @ForAll @IntRange(min = 1, max = 50) int requests,
            @ForAll @IntRange(min = 1, max = 100) int seconds,
            @ForAll @Size(min = 1, max = 120)
                    List<@LongRange(min = 0, max = 5_000_000) Long> pauses) {
        Limit.Rate rate = new Limit.Rate("rate", requests, Duration.ofSeconds(seconds));
        Gcra gcra = new Gcra(rate.interval(), requests, requests);
        List<Long> admitted = new ArrayList<>();
        long now = 1_790_000_000_000_000L;
        long tat = 0;
        for (long pause : pauses) {
            now += pause;
            tat = gcra.clamp(tat, now);
            if (gcra.waitFor(1, tat, now) == 0) {
                tat = gcra.after(tat, 1);
                admitted.add(now);
            }
        }
        assertBound(admitted, requests, rate.interval());
    }

    /** Replicas that cannot count together admit together burst + d / interval, and one each. */
    @Property(tries = 200)
    void admitsNoMoreAcrossReplicasThanDeclared(
            @ForAll @IntRange(min = 1, max = 7) int replicas,
            @ForAll @IntRange(min = 1, max = 40) int requests,
            @ForAll @IntRange(min = 1, max = 60) int seconds,
            @ForAll @Size(min = 1, max = 200)
                    List<@LongRange(min = 0, max = 500_000) Long> pauses) {
        SettableClock clock = new SettableClock(START.toString());
        List<LocalLimiter> gateways =
                IntStream.range(0, replicas)
                        .mapToObj(_ -> new LocalLimiter(new Share(replicas, 10, 0), clock))
                        .toList();
        Limit.Rate rate = new Limit.Rate("rate", requests, Duration.ofSeconds(seconds));
        List<Long> admitted = new ArrayList<>();
        int turn = 0;
        for (long pause : pauses) {
            clock.advance(Duration.ofNanos(pause * 1_000));
            LocalLimiter gateway = gateways.get(turn++ % replicas);
            List<Charge> one = List.of(new Charge(rate, 1));
            if (gateway.check("c", one, Optional.empty()).allowed()) {
                admitted.add(Moment.of(clock.instant()).micros());
            }
        }
        assertBound(admitted, requests + replicas, rate.interval());
    }

    private static void assertBound(List<Long> admitted, long burst, long interval) {
        for (int from = 0; from < admitted.size(); from++) {
            for (int to = from; to < admitted.size(); to++) {
                long window = admitted.get(to) - admitted.get(from);
                assertThat((long) to - from + 1).isLessThanOrEqualTo(burst + window / interval);
            }
        }
    }
}
