package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.JobFinisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FinishLoopTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Longer than a loop rests before it looks again. */
    private static final Duration IDLE = Duration.ofMillis(2_500);

    private final List<HeldJob> claimed = new CopyOnWriteArrayList<>();

    @Test
    void countsOnNothingWhileNoCallIsUnderWay() {
        JobEngine none = new Idle();
        try (WorkerFixture worker = new WorkerFixture(1, none, LONG)) {
            worker.claimNoMore();
            worker.submit(0);
            worker.submit(0);
            ActiveJobs active = new ActiveJobs(4, InstantSource.system());
            FinishQueue queue = new FinishQueue(active);
            HeldJob first = active.take(worker.claimOne().job());
            try (FinishLoop _ = loop(worker, queue, active)) {
                assertThat(first.end()).isTrue();
                queue.offer(first, new Ending.Cancelled(true));
                // It has brought all that was asked for: there may be plenty in line.
                await().until(() -> claimed.size() == 1);
                for (int n = 0; n < 200; n++) {
                    active.took(Duration.ofNanos(1_000));
                }

                await().during(IDLE).until(() -> mayClaimAhead(active) > 0);
            }
        }
    }

    private FinishLoop loop(WorkerFixture worker, FinishQueue queue, ActiveJobs active) {
        JobMeters meters =
                new JobMeters(
                        new SimpleMeterRegistry(), new JobTraces(TracerProvider.noop().get("")));
        return new FinishLoop(
                0,
                1,
                queue,
                new JobFinisher(worker.lane, WorkerFixture::rules),
                active,
                meters,
                new Collecting());
    }

    private static int mayClaimAhead(ActiveJobs active) {
        int more = active.more(0, true);
        active.brought(more);
        return more;
    }

    private final class Collecting implements FinishLoop.Next {
        @Override
        public void work(HeldJob held) {
            claimed.add(held);
        }

        @Override
        public void storeAgain(HeldJob held, Ending ending) {
            throw new IllegalStateException("it had no output");
        }
    }

    private static final class Idle implements JobEngine {
        @Override
        public Set<String> types() {
            return Set.of("test");
        }

        @Override
        public Optional<Ending> work(HeldJob held) {
            return Optional.empty();
        }
    }
}
