package io.trekpoint.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.Address;
import io.trekpoint.api.gateway.Admission;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.limit.Limiter;
import io.trekpoint.lanes.limit.LocalLimiter;
import io.trekpoint.lanes.limit.Reservations;
import io.trekpoint.lanes.limit.SharedLimiter;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a charge lets begin, on a Redis of the test's own. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class ChargingTest {
    private RedisServer redis;
    private LaneFixture lanes;
    private Limiter limiter;
    private Charging charging;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        lanes = new LaneFixture(redis);
        Lane lane = lanes.lane(LaneName.LIMITS, Duration.ofSeconds(10));
        InstantSource clock = InstantSource.system();
        LocalShare share = new LocalShare(() -> 1, 10, () -> _ -> Optional.empty());
        limiter =
                new Limiter(
                        new SharedLimiter(lane),
                        new Reservations(lane, clock),
                        new LocalLimiter(share, clock));
        Call call = new Call("test", new Address("test"), Admission.NO_PLACE);
        call.authenticated(
                ControlState.UNKNOWN, new Caller("c", "test", Tier.FREE, Set.of(), false));
        charging = new Charging(limiter, call, new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        lanes.close();
        redis.close();
    }

    @Test
    void letsBeginBeforeItIsAnswered() throws Exception {
        charging.request();
        CountDownLatch begun = new CountDownLatch(1);
        redis.freeze();
        CompletableFuture<String> charged =
                CompletableFuture.supplyAsync(() ->
                        charging.request(() -> {
                            begun.countDown();
                            return "begun";
                        }));
        begun.await();
        assertThat(charged).isNotDone();
        redis.thaw();
        assertThat(charged.get()).isEqualTo("begun");
    }

    @Test
    void letsNothingBeginThatIsKnownToBeRefused() {
        await().pollInterval(Duration.ofMillis(1)).until(() -> !beginsWhatIsRefused());
    }

    @Test
    void letsBeginOnlyWhatIsAdmittedWhileItDecidesAlone() {
        redis.kill();
        await().until(() -> {
            charging.request();
            return limiter.mode() == Mode.LOCAL;
        });
        assertThat(charging.request(() -> "begun")).isEqualTo("begun");
        assertThat(beginsWhatIsRefused()).isFalse();
    }

    /** Asks until it is refused; whether that request had begun something. */
    private boolean beginsWhatIsRefused() {
        for (int i = 0; i < 10_000; i++) {
            AtomicBoolean begun = new AtomicBoolean();
            try {
                charging.request(() -> begun.compareAndSet(false, true));
            } catch (ProblemException e) {
                return begun.get();
            }
        }
        throw new AssertionError("never refused");
    }
}
