package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FinishQueueTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ActiveJobs active = new ActiveJobs(200, InstantSource.system());
    private final FinishQueue queue = new FinishQueue(active);

    @Test
    void hasNothingForACallWhileNoAttemptIsOver() throws InterruptedException {
        hold(3);
        assertThat(queue.take(AT_ONCE)).isEmpty();
    }

    @Test
    void letsALoneAttemptGoAtOnce() throws InterruptedException {
        List<HeldJob> held = hold(10);
        end(held, 0, 1);
        assertThat(jobs(queue.take(AT_ONCE))).containsExactly(held.getFirst());
    }

    @Test
    void takesHalfOfWhatIsHeldAndLeavesTheRestToAnotherCall() throws InterruptedException {
        List<HeldJob> held = hold(10);
        end(held, 0, 10);
        assertThat(jobs(queue.take(AT_ONCE))).isEqualTo(held.subList(0, 5));
        assertThat(jobs(queue.take(AT_ONCE))).isEqualTo(held.subList(5, 10));
    }

    @Test
    void makesOneCallOfFew() throws InterruptedException {
        List<HeldJob> held = hold(3);
        end(held, 0, 3);
        assertThat(jobs(queue.take(AT_ONCE))).isEqualTo(held);
        HeldJob next = hold(1).getFirst();
        queue.offer(next, new Ending.GivenBack(true));
        assertThat(queue.take(AT_ONCE)).as("one of four, one call under way").isEmpty();
    }

    @Test
    void letsFewWaitForTheAnswerToACallUnderWay() throws InterruptedException {
        List<HeldJob> held = hold(10);
        end(held, 0, 1);
        assertThat(queue.take(AT_ONCE)).hasSize(1);
        end(held, 1, 5);
        assertThat(queue.take(AT_ONCE)).as("four of ten, one call under way").isEmpty();
        queue.answered();
        assertThat(jobs(queue.take(AT_ONCE))).isEqualTo(held.subList(1, 5));
    }

    @Test
    void hasASecondCallOnceHalfOfWhatIsHeldIsOver() throws InterruptedException {
        List<HeldJob> held = hold(10);
        end(held, 0, 1);
        assertThat(queue.take(AT_ONCE)).hasSize(1);
        end(held, 1, 6);
        assertThat(jobs(queue.take(AT_ONCE))).isEqualTo(held.subList(1, 6));
    }

    @Test
    void wakesWhoeverWaitsForAttempts() throws Exception {
        List<HeldJob> held = hold(2);
        CompletableFuture<List<FinishQueue.Over>> taken = new CompletableFuture<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                taken.complete(queue.take(LONG));
                            } catch (InterruptedException e) {
                                taken.completeExceptionally(e);
                            }
                        });
        end(held, 0, 1);
        assertThat(jobs(taken.get(10, TimeUnit.SECONDS))).containsExactly(held.getFirst());
        waiting.join();
    }

    @Test
    void takesNoMoreThanACallMayHold() throws InterruptedException {
        end(hold(200), 0, 200);
        assertThat(queue.take(AT_ONCE)).hasSize(64);
        List<HeldJob> large = hold(4);
        drain();
        large.forEach(held -> queue.offer(held, succeeded(120 * 1024)));
        assertThat(queue.take(AT_ONCE)).as("256 KiB are reached with the third").hasSize(3);
    }

    @Test
    void givesBackWhatGoesInAnotherCall() throws InterruptedException {
        List<HeldJob> held = hold(10);
        end(held, 0, 10);
        List<FinishQueue.Over> taken = queue.take(AT_ONCE);
        queue.putBack(taken.subList(1, 5));
        queue.answered();
        List<HeldJob> rest = new ArrayList<>(jobs(queue.take(AT_ONCE)));
        queue.answered();
        rest.addAll(jobs(queue.take(AT_ONCE)));
        assertThat(rest).containsExactlyInAnyOrderElementsOf(held.subList(1, 10));
    }

    private void drain() throws InterruptedException {
        queue.answered();
        while (!queue.take(AT_ONCE).isEmpty()) {
            queue.answered();
        }
    }

    private List<HeldJob> hold(int jobs) {
        List<HeldJob> held = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            held.add(active.take(ClaimedJobs.held("token-" + i)));
        }
        return held;
    }

    private void end(List<HeldJob> held, int from, int to) {
        held.subList(from, to).forEach(job -> queue.offer(job, new Ending.GivenBack(true)));
    }

    private static Ending succeeded(int bytes) {
        return new Ending.Succeeded(
                "{}",
                new FinishedOutput("text/plain", bytes, "0".repeat(64), List.of(new byte[bytes])));
    }

    private static List<HeldJob> jobs(List<FinishQueue.Over> taken) {
        return taken.stream().map(FinishQueue.Over::held).toList();
    }
}
