package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.limit.ReservationLedger.Act;
import io.trekpoint.lanes.limit.ReservationLedger.Step;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever becomes of reservations, in whatever order and however often it is said. */
class RefundTest {
    private static RedisServer redis;
    private static LaneFixture fixture;
    private static Lane lane;

    @BeforeContainer
    static void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.LIMITS);
    }

    @AfterContainer
    static void stop() {
        fixture.close();
        redis.close();
    }

    @Property(tries = 60)
    void givesBackWhatWasReservedOnceAndNoMore(
            @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
        redis.command("FLUSHALL");
        ReservationLedger ledger = new ReservationLedger(lane);
        for (Step step : steps) {
            ledger.take(step);
            ledger.assertBalanced();
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Act> acts =
                Arbitraries.frequency(
                        Tuple.of(6, Act.RESERVE),
                        Tuple.of(2, Act.SETTLE_BACK),
                        Tuple.of(1, Act.SETTLE_KEPT),
                        Tuple.of(2, Act.RELEASE),
                        Tuple.of(3, Act.SWEEP),
                        Tuple.of(2, Act.RELEASE_OVERDUE),
                        Tuple.of(1, Act.KEEP_OVERDUE),
                        Tuple.of(1, Act.LOOK_AGAIN));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("", "", "one", "another", "a third"),
                        Arbitraries.of(true, false))
                .as(Step::new);
    }
}
