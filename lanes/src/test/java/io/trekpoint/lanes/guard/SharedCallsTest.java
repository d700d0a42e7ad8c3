package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SharedCallsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static RedisServer redis;
    private static LaneFixture lanes;

    private final Lane lane = lanes.lane(LaneName.JOBS, DEADLINE);
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final Semaphore answered = new Semaphore(0);
    private final SharedCalls<String> shared = new SharedCalls<>(lane, 1, this::echo);

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        lanes = new LaneFixture(redis);
    }

    @AfterAll
    static void stop() {
        lanes.close();
        redis.close();
    }

    @Test
    void asksAtOnceForACallerAlone() {
        answered.release();
        assertThat(shared.ask("a", 1).toString()).isEqualTo("a");
        assertThat(calls).containsExactly(List.of("a"));
    }

    @Test
    void takesAlongWhoComesDuringACall() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = callers.submit(() -> shared.ask("first", 1).toString());
            await().until(() -> calls.size() == 1);
            List<Future<String>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String question = "other" + i;
                others.add(callers.submit(() -> shared.ask(question, 1).toString()));
            }
            await().until(() -> shared.waiting() == 10);
            answered.release(2);
            assertThat(first.get()).isEqualTo("first");
            for (int i = 0; i < 10; i++) {
                assertThat(others.get(i).get()).isEqualTo("other" + i);
            }
        }
        assertThat(calls).hasSize(2);
    }

    @Test
    void letsASecondCallGoOnceAsManyWaitAsAreAlongWithTheFirst() throws Exception {
        SharedCalls<String> two = new SharedCalls<>(lane, 2, this::echo);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> all = new ArrayList<>();
            try {
                for (int calling = 1; calling <= 2; calling++) {
                    all.add(callers.submit(() -> two.ask("goes at once", 1)));
                    int many = calling;
                    await().until(() -> calls.size() == many);
                }
                for (int i = 0; i < 3; i++) {
                    all.add(callers.submit(() -> two.ask("waits", 1)));
                }
                await().until(() -> two.waiting() == 3);
                answered.release();
                all.getFirst().get();
                await().until(() -> calls.size() == 3);
                answered.release();
                all.get(1).get();

                await().until(() -> two.waiting() == 1);
                assertThat(calls).as("one waits, two are along").hasSize(3);
                all.add(callers.submit(() -> two.ask("waits", 1)));
                await().until(() -> calls.size() == 4);
            } finally {
                answered.release(100);
            }
            for (Future<Response> each : all) {
                each.get();
            }
        }
        assertThat(calls).extracting(List::size).containsExactly(1, 1, 2, 2);
    }

    /** Whoever asks again and again: two halves by turns, and not one against all the others. */
    @Test
    void comesToTwoHalvesOfThoseWhoAskAgainAndAgain() {
        SharedCalls<String> two = new SharedCalls<>(lane, 2, this::echo);
        answered.release(100_000);
        AtomicInteger left = new AtomicInteger(5_000);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                callers.execute(() -> {
                    while (left.getAndDecrement() > 0) {
                        two.ask("again", 1);
                    }
                });
            }
        }
        long halves = calls.stream().filter(call -> call.size() >= 4 && call.size() <= 6).count();
        assertThat(halves).as("of %d calls", calls.size()).isGreaterThan(calls.size() / 2);
    }

    @Test
    void startsAnotherCallForThoseWhomAFullOneLeavesBehind() throws Exception {
        SharedCalls<String> two = new SharedCalls<>(lane, 2, this::echo);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> all = new ArrayList<>();
            all.add(callers.submit(() -> two.ask("a", 1)));
            await().until(() -> calls.size() == 1);
            all.add(callers.submit(() -> two.ask("b", 1)));
            await().until(() -> calls.size() == 2);
            all.add(callers.submit(() -> two.ask("large", 512 * 1024)));
            await().until(() -> two.waiting() == 1);
            for (int i = 0; i < 3; i++) {
                all.add(callers.submit(() -> two.ask("small", 1)));
            }
            await().until(() -> two.waiting() == 4);
            answered.release(2);
            try {
                await().until(() -> calls.size() == 4);
            } finally {
                answered.release(100);
            }
            for (Future<Response> each : all) {
                each.get();
            }
        }
        assertThat(calls).contains(List.of("large"));
    }

    @Test
    void takesNoMoreAlongThanACallMayCarry() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> first = callers.submit(() -> shared.ask("first", 1));
            await().until(() -> calls.size() == 1);
            List<Future<Response>> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                others.add(callers.submit(() -> shared.ask("large", 128 * 1024)));
            }
            await().until(() -> shared.waiting() == 4);
            answered.release(3);
            first.get();
            for (Future<Response> other : others) {
                other.get();
            }
        }
        assertThat(calls).extracting(List::size).containsExactly(1, 2, 2);
    }

    @Test
    void givesAnErrorAmongTheRepliesToTheOneItConcerns() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> first = callers.submit(() -> shared.ask("first", 1));
            await().until(() -> calls.size() == 1);
            Future<Response> bad = callers.submit(() -> shared.ask("BAD", 1));
            Future<Response> good = callers.submit(() -> shared.ask("good", 1));
            await().until(() -> shared.waiting() == 2);
            answered.release(2);
            first.get();
            assertThat(good.get().toString()).isEqualTo("good");
            assertThatThrownBy(bad::get).cause().isInstanceOf(LaneException.class);
        }
    }

    @Test
    void letsNobodyWaitLongerThanTheDeadline() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> first = callers.submit(() -> shared.ask("first", 1));
            await().until(() -> calls.size() == 1);
            long began = System.nanoTime();
            assertThatThrownBy(() -> shared.ask("late", 1))
                    .isInstanceOfSatisfying(
                            LaneException.class, e -> assertThat(e.mayHaveExecuted()).isFalse());
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(DEADLINE, DEADLINE.plusSeconds(1));
            answered.release();
            assertThat(first).succeedsWithin(DEADLINE);
        }
        assertThat(calls).containsExactly(List.of("first"));
    }

    @Test
    void failsForAllWhoWentAlong() throws Exception {
        SharedCalls<String> failing =
                new SharedCalls<>(
                        lane,
                        1,
                        (questions, within) -> {
                            calls.add(questions);
                            answered.acquireUninterruptibly();
                            throw LaneException.unanswered(
                                    LaneName.JOBS, Fault.SLOW, new IllegalStateException());
                        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> all = new ArrayList<>();
            all.add(callers.submit(() -> failing.ask("first", 1)));
            await().until(() -> calls.size() == 1);
            all.add(callers.submit(() -> failing.ask("second", 1)));
            all.add(callers.submit(() -> failing.ask("third", 1)));
            await().until(() -> failing.waiting() == 2);
            answered.release(2);
            for (Future<Response> each : all) {
                assertThatThrownBy(each::get).cause().isInstanceOf(LaneException.class);
            }
        }
        assertThat(calls).hasSize(2);
    }

    /** Answers each question with itself, and BAD with an error, once the test lets it. */
    private Response echo(List<String> questions, Duration within) {
        calls.add(questions);
        answered.acquireUninterruptibly();
        String script =
                "local answers = {} for n, word in ipairs(ARGV) do"
                        + " answers[n] = word == 'BAD' and redis.error_reply('ERR bad') or word end return answers";
        Request eval = Request.cmd(Command.EVAL).arg(script).arg(0);
        questions.forEach(eval::arg);
        return Objects.requireNonNull(lane.send(eval, Lane.Access.READ));
    }
}
