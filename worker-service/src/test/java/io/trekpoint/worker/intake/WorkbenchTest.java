package io.trekpoint.worker.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.job.JobState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of jobs between their claim and their end, with engines that behave or do not. */
class WorkbenchTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void endsEachOfManyJobsOnce(int shards) {
        try (WorkerFixture worker =
                new WorkerFixture(shards, engine(_ -> Optional.of(success())), LONG)) {
            List<JobId> submitted = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                submitted.add(worker.submit(i % shards));
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(submitted)
                                    .allSatisfy(id ->
                                            assertThat(worker.state(id))
                                                    .isInstanceOf(JobState.Succeeded.class)));
            assertThat(
                            worker.meters
                                    .get("trek.job.attempts")
                                    .tag("outcome", "succeeded")
                                    .timer()
                                    .count())
                    .isEqualTo(300);
            assertThat(worker.meters.get("trek.job.waits").timer().count()).isEqualTo(300);
            await().until(() -> worker.active.count() == 0);
        }
    }

    @Test
    void keepsWhatAnAttemptToldWithItsJob() {
        try (WorkerFixture worker =
                new WorkerFixture(1, engine(_ -> Optional.of(success())), LONG)) {
            JobId id = worker.submit(0);
            await().until(() -> worker.state(id).ended());
            assertThat(worker.log(id))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("attempt 1: "));
        }
    }

    @Test
    void cancelsAJobThatIsWorkedOn() {
        try (WorkerFixture worker =
                new WorkerFixture(1, engine(WorkbenchTest::untilStopped), LONG)) {
            JobId id = worker.submit(0);
            await().until(() -> worker.state(id) instanceof JobState.Active);
            worker.askToCancel(id);
            await().until(() -> worker.state(id) instanceof JobState.Cancelled);
            await().until(() -> worker.active.count() == 0);
        }
    }

    @Test
    void beginsNoJobThatWasCancelledBeforeAThreadCameToIt() {
        AtomicInteger begun = new AtomicInteger();
        JobEngine engine =
                engine(_ -> {
                    begun.incrementAndGet();
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(1, engine, LONG)) {
            worker.claimNoMore();
            JobId id = worker.submit(0);
            HeldJob held = worker.claimOne();
            held.cancel();
            worker.bench.work(held);
            await().until(() -> worker.state(id) instanceof JobState.Cancelled);
            assertThat(worker.find(id).attempt()).as("attempts that count").isZero();
            assertThat(begun).hasValue(0);
            assertThat(worker.log(id).toString()).doesNotContain("begun");
            await().until(() -> worker.active.count() == 0);
        }
    }

    @Test
    void interruptsACancelledEngineThatWaits() {
        try (WorkerFixture worker = new WorkerFixture(1, engine(_ -> waitForever()), LONG)) {
            JobId id = worker.submit(0);
            await().until(() -> worker.state(id) instanceof JobState.Active);
            worker.askToCancel(id);
            await().until(() -> worker.state(id).ended());
        }
    }

    @Test
    void endsAJobWhoseThreadDoesNotComeBackAndGoesOnWithOthers() {
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        JobEngine engine =
                engine(_ -> {
                    if (first.getAndSet(false)) {
                        deafUntil(stuck);
                    }
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(1, engine, Duration.ofMillis(500))) {
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ids.add(worker.submit(0));
            }
            await().until(() -> ids.stream().allMatch(id -> worker.state(id).ended()));
            assertThat(ids.stream().map(worker::state))
                    .filteredOn(state ->
                            state instanceof JobState.Failed failed
                                    && failed.failure().code().equals("TIME_LIMIT"))
                    .hasSize(1);
            assertThat(worker.pool.lost()).isEqualTo(1);
            stuck.countDown();
            await().until(() -> worker.pool.lost() == 0);
        }
    }

    @Test
    void givesBackWhatItHoldsWithoutSpendingAnAttempt() {
        try (WorkerFixture worker =
                new WorkerFixture(1, engine(WorkbenchTest::untilStopped), LONG)) {
            JobId id = worker.submit(0);
            await().until(() -> worker.state(id) instanceof JobState.Active);
            worker.claimNoMore();
            worker.bench.claimNoMore();
            worker.active.held().forEach(held -> assertThat(held.job().attempt()).isEqualTo(1));
            worker.bench.giveBackAll();
            await().until(() -> worker.log(id).toString().contains("given back"));
            assertThat(worker.find(id).attempt()).isZero();
            assertThat(
                            worker.meters
                                    .get("trek.job.attempts")
                                    .tag("outcome", "given-back")
                                    .timer()
                                    .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void givesBackWhatItClaimedAheadOfJobsThatTakeLong() {
        int shortOnes = 400;
        CountDownLatch submitted = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        JobEngine engine =
                engine(_ -> {
                    waitFor(begun.incrementAndGet() > shortOnes ? open : submitted);
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(1, engine, LONG)) {
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < shortOnes + 200; i++) {
                ids.add(worker.submit(0));
            }
            submitted.countDown();
            await().atMost(SOON).until(() -> givenBack(worker) > 0);
            await().untilAsserted(() ->
                    assertThat(worker.active.held())
                            .as("one for each thread")
                            .hasSize(4)
                            .allMatch(HeldJob::begun));
            open.countDown();
            await().atMost(SOON).until(() -> ids.stream().allMatch(id -> succeeded(worker, id)));
            assertThat(ids).allMatch(id -> worker.find(id).attempt() == 1);
        }
    }

    /**
     * Jobs of a shard that are short enough to be claimed ahead do not keep another one waiting.
     */
    @Test
    void worksForEveryShardWhileItClaimsAheadFromOne() {
        int many = 4000;
        CountDownLatch submitted = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Queue<Integer> begunBeforeOthers = new ConcurrentLinkedQueue<>();
        AtomicReference<WorkerFixture> itself = new AtomicReference<>();
        JobEngine engine =
                engine(held -> {
                    waitFor(submitted);
                    if (held.job().id().shard() == 1) {
                        begunBeforeOthers.add(begun.get());
                    } else if (begun.incrementAndGet() % 400 == 0 && begun.get() < many / 2) {
                        itself.get().submit(1);
                    }
                    LockSupport.parkNanos(200_000);
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(4, engine, LONG)) {
            itself.set(worker);
            for (int i = 0; i < many; i++) {
                worker.submit(0);
            }
            submitted.countDown();
            await().atMost(SOON).until(() -> begunBeforeOthers.size() == 4);
            assertThat(begunBeforeOthers)
                    .as("jobs of the busy shard begun before each, one submitted every 400")
                    .satisfiesExactly(
                            first -> assertThat(first).isBetween(400, 800),
                            second -> assertThat(second).isBetween(800, 1200),
                            third -> assertThat(third).isBetween(1200, 1600),
                            fourth -> assertThat(fourth).isBetween(1600, 2000));
        }
    }

    @Test
    void givesBackAtOnceWhatACallBringsOnceAllIsGivenBack() {
        CountDownLatch submitted = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicBoolean givenBack = new AtomicBoolean();
        AtomicInteger begunLate = new AtomicInteger();
        JobEngine engine =
                engine(_ -> {
                    waitFor(submitted);
                    begun.incrementAndGet();
                    if (givenBack.get()) {
                        begunLate.incrementAndGet();
                    }
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(1, engine, LONG)) {
            for (int i = 0; i < 4000; i++) {
                worker.submit(0);
            }
            submitted.countDown();
            await().until(() -> begun.get() > 1000);
            worker.redis.command("CLIENT PAUSE 3000 ALL");
            await().until(() -> worker.active.held().stream().allMatch(HeldJob::ending));
            worker.bench.claimNoMore();
            worker.bench.giveBackAll();
            givenBack.set(true);
            worker.claimNoMore();
            await().atMost(SOON).until(() -> worker.active.count() == 0);
            assertThat(begunLate).hasValue(0);
        }
    }

    @Test
    void claimsNoneAheadOfWhatItCannotDo() {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch submitted = new CountDownLatch(1);
        AtomicReference<WorkerFixture> itself = new AtomicReference<>();
        JobEngine engine =
                engine(_ -> {
                    waitFor(submitted);
                    most.accumulateAndGet(itself.get().active.count(), Math::max);
                    failed.incrementAndGet();
                    throw new IllegalStateException("of a test");
                });
        try (WorkerFixture worker = new WorkerFixture(1, engine, LONG)) {
            itself.set(worker);
            for (int i = 0; i < 400; i++) {
                worker.submit(0);
            }
            submitted.countDown();
            await().atMost(SOON).until(() -> failed.get() >= 400);
            assertThat(most.get()).isBetween(1, 2 * 4);
        }
    }

    private static long givenBack(WorkerFixture worker) {
        Timer given = worker.meters.find("trek.job.attempts").tag("outcome", "given-back").timer();
        return given == null ? 0 : given.count();
    }

    private static boolean succeeded(WorkerFixture worker, JobId id) {
        return worker.state(id) instanceof JobState.Succeeded;
    }

    @Test
    void isNotDeafWhileItClaims() {
        var began = InstantSource.system().instant();
        try (WorkerFixture worker =
                new WorkerFixture(1, engine(_ -> Optional.of(success())), LONG)) {
            JobId id = worker.submit(0);
            await().until(() -> worker.state(id).ended());
            assertThat(worker.pulse.deaf()).isFalse();
            assertThat(worker.pulse.last()).isAfter(began);
        }
    }

    @Test
    void worksForEveryShardWhileOneHasEndlessWork() {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicReference<WorkerFixture> itself = new AtomicReference<>();
        JobEngine engine =
                engine(held -> {
                    if (held.job().id().shard() == 0 && !enough.get()) {
                        itself.get().submit(0);
                    }
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(3, engine, LONG)) {
            itself.set(worker);
            for (int i = 0; i < 20; i++) {
                worker.submit(0);
            }
            await().until(() -> worker.active.count() >= 4);

            JobId other = worker.submit(2);

            await().until(() -> worker.state(other).ended());
            enough.set(true);
        }
    }

    @Test
    void goesOnAfterAnErrorOfTheEngine() {
        AtomicInteger left = new AtomicInteger(8);
        JobEngine engine =
                engine(_ -> {
                    if (left.getAndDecrement() > 0) {
                        throw new NoClassDefFoundError("of a test");
                    }
                    return Optional.of(success());
                });
        try (WorkerFixture worker = new WorkerFixture(1, engine, LONG)) {
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                ids.add(worker.submit(0));
            }
            await().until(() -> ids.stream().allMatch(id -> hasBeenWorkedOn(worker, id)));
            await().until(() -> worker.active.count() == 0);
            assertThat(ids)
                    .anyMatch(id -> worker.state(id) instanceof JobState.Succeeded)
                    .anyMatch(id -> worker.log(id).toString().contains("NoClassDefFoundError"));
        }
    }

    @Test
    void leavesAJobThatItDoesNotKnowToAnother() {
        try (WorkerFixture worker = new WorkerFixture(1, others(), LONG)) {
            JobId id = worker.submit(0);
            await().until(() -> worker.state(id) instanceof JobState.Delayed);
            assertThat(worker.log(id).toString()).contains("UNKNOWN_TYPE");
        }
    }

    /** An engine for other jobs than are submitted here. */
    private static JobEngine others() {
        return new JobEngine() {
            @Override
            public Set<String> types() {
                return Set.of("other");
            }

            @Override
            public Optional<Ending> work(HeldJob held) {
                throw new IllegalStateException("not mine");
            }
        };
    }

    private static boolean hasBeenWorkedOn(WorkerFixture worker, JobId id) {
        JobState state = worker.state(id);
        return state.ended() || state instanceof JobState.Delayed;
    }

    @Test
    void endsWhatAClaimHasTakenThatHadNoAnswerUntilTheWorkerStops() throws Exception {
        try (WorkerFixture worker =
                        new WorkerFixture(1, engine(_ -> Optional.of(success())), LONG);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await().until(() -> worker.redis.info("blocked_clients").equals("1"));
            worker.redis.freeze();
            // Redis has both when it goes on: the claim that lies behind the wait, and the job.
            Future<?> submit = threads.submit(() -> worker.submit(0));
            assertThat(submit).failsWithin(SOON);
            Future<?> stop = threads.submit(worker::claimNoMore);
            await().during(Duration.ofMillis(100)).until(() -> !stop.isDone());
            worker.redis.thaw();
            assertThat(stop).succeedsWithin(SOON);

            // Long before a lease would lapse.
            await().atMost(Duration.ofSeconds(5))
                    .until(() ->
                            worker.redis.command("ZCARD " + JobKeys.of(0).lease()).equals(":0"));
        }
    }

    @Test
    void stopsClaimingInTheMiddleOfAWait() {
        try (WorkerFixture worker =
                new WorkerFixture(1, engine(_ -> Optional.of(success())), LONG, LONG)) {
            await().until(() -> worker.redis.info("blocked_clients").equals("1"));

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(worker::claimNoMore);

            assertThat(stopped).succeedsWithin(SOON);
        }
    }

    private static Optional<Ending> untilStopped(HeldJob held) {
        while (!held.stopped()) {
            Thread.onSpinWait();
        }
        return Optional.empty();
    }

    private static Optional<Ending> waitForever() {
        waitFor(new CountDownLatch(1));
        return Optional.empty();
    }

    /** Until it is open, or the thread is interrupted. */
    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As code that does not heed interrupts. */
    private static void deafUntil(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static Ending success() {
        List<byte[]> chunks = new ArrayList<>();
        try (var out = JobFinisher.collect(chunks)) {
            out.write("output".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ending.Succeeded(
                "{}", new FinishedOutput("text/plain", 6, "0".repeat(64), chunks));
    }

    private static JobEngine engine(Function<HeldJob, Optional<Ending>> work) {
        return new JobEngine() {
            @Override
            public Set<String> types() {
                return Set.of("test");
            }

            @Override
            public Optional<Ending> work(HeldJob held) {
                return work.apply(held);
            }
        };
    }
}
