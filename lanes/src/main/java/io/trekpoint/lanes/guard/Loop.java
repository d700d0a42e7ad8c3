package io.trekpoint.lanes.guard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * A thread that repeats one step until it is closed. A step that fails is repeated after a
 * full-jitter backoff, so that a fleet does not return in step; no failure ends the loop.
 */
public final class Loop implements AutoCloseable {
    /** One turn of a loop. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does one turn.
         *
         * @return how long to rest before the next one; zero for at once
         * @throws InterruptedException when the loop is being closed
         */
        Duration turn() throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final String name;
    private final Step step;
    private final Backoff backoff =
            new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean troubled;

    private Loop(String name, Step step) {
        this.name = name;
        this.step = step;
        this.thread = Thread.ofPlatform().name("trek-" + name).daemon().unstarted(this::run);
    }

    /**
     * Starts a loop.
     *
     * @param name what it does, for thread names and logs
     * @param step one turn
     */
    public static Loop start(String name, Step step) {
        Loop loop = new Loop(name, step);
        loop.thread.start();
        return loop;
    }

    /** Stops the loop: interrupts a turn under way and waits for it, at most five seconds. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the turn under way be the last one; does not wait for its end. */
    public void stopAfterTurn() {
        closing.countDown();
    }

    /**
     * Stops the loop after the turn under way, for turns that an interrupt would leave half done;
     * interrupts it only when that takes longer than given.
     */
    public void closeAfterTurn(Duration longest) {
        closing.countDown();
        try {
            thread.join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void run() {
        try {
            Duration rest = Duration.ZERO;
            while (!closing.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = turn();
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s stopped", name);
        }
    }

    private Duration turn() throws InterruptedException {
        try {
            Duration rest = step.turn();
            if (troubled) {
                LOG.infof("%s goes on", name);
                troubled = false;
            }
            backoff.reset();
            return rest;
        } catch (LaneException e) {
            if (e.fault() == Fault.INTERRUPTED) {
                throw new InterruptedException(name);
            }
            if (!troubled) {
                LOG.warnf("%s waits: %s", name, e.getMessage());
                troubled = true;
            }
            return backoff.next();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s failed, will try again", name);
            return backoff.next();
        }
    }
}
