package io.trekpoint.lanes.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final long PATIENCE = 20;

    private final AtomicInteger turns = new AtomicInteger();
    private final CountDownLatch enough = new CountDownLatch(4);

    @Test
    void goesOnWhateverATurnThrows() throws InterruptedException {
        try (Loop _ = Loop.start("test", this::fail)) {
            assertThat(enough.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void interruptsTheTurnUnderWayAtItsEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Loop loop =
                Loop.start(
                        "test",
                        () -> {
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                            return Duration.ZERO;
                        });
        assertThat(begun.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

        loop.close();

        assertThat(interrupted.getCount()).isZero();
    }

    private Duration fail() {
        enough.countDown();
        switch (turns.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("a failure");
            case 2 -> throw new StackOverflowError("an error");
            case 3 -> throw LaneException.unsent(LaneName.JOBS, Fault.DEAD, new Exception("away"));
            default -> {
                return Duration.ZERO;
            }
        }
    }
}
