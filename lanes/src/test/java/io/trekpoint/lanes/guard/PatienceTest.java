package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void bringsWhatIsThereAlreadyWithoutAnyTime() {
        Object brought = onAVirtualThread(CompletableFuture.completedFuture("it"), Duration.ZERO);
        assertThat(brought).isEqualTo("it");
    }

    @Test
    void bringsWhatComesInTimeToEachOfMany() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        List<Future<Integer>> waits = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<Integer> future = new CompletableFuture<>();
                futures.add(future);
                waits.add(threads.submit(() -> Patience.await(future, LONG)));
            }
            for (int i = 0; i < 1_000; i++) {
                futures.get(i).complete(i);
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(waits.get(i).get()).isEqualTo(i);
            }
        }
    }

    @Test
    void givesUpOnceTheTimeIsOverAndLeavesTheFutureAlone() {
        CompletableFuture<String> never = new CompletableFuture<>();
        for (Duration within :
                List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(80))) {
            long began = System.nanoTime();
            assertThat(onAVirtualThread(never, within)).isInstanceOf(TimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(within, within.plusSeconds(2));
        }
        assertThat(never).isNotDone();
    }

    @Test
    void noticesTheEndOfAWaitAlsoAfterARest() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThat(onAVirtualThread(never, Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class);
        await("nobody looks any more").atMost(LONG).until(() -> !isLooking());
        assertThat(onAVirtualThread(never, Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void failsWithWhatTheFutureFailsWith() {
        CompletableFuture<String> failing = new CompletableFuture<>();
        failing.completeExceptionally(new IllegalStateException("broken"));
        assertThat(onAVirtualThread(failing, LONG)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws InterruptedException {
        AtomicReference<Object> failure = new AtomicReference<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> failure.set(outcome(new CompletableFuture<>(), LONG)));
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        assertThat(waiting.join(LONG)).isTrue();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void waitsOnPlatformThreadsAsWell() {
        assertThatThrownBy(() -> Patience.await(new CompletableFuture<>(), Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class);
    }

    private static boolean isLooking() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("trek-patience"));
    }

    /** What the future brings, or the exception that the wait ends with. */
    private static Object onAVirtualThread(CompletableFuture<String> future, Duration within) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(() -> outcome(future, within)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object outcome(CompletableFuture<String> future, Duration within) {
        try {
            return Patience.await(future, within);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return e;
        }
    }
}
