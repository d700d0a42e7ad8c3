package io.trekpoint.api.limit;

import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.limit.Limiter;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Carries what was admitted without Redis into the shared count, soon after Redis is back, and at
 * the end of this process, which takes with it what Redis cannot be told by then.
 */
public final class DebtLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DebtLoop.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /**
     * How long a turn may take: some tens of thousands of clients. A stop waits for two of them.
     */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Limiter limiter;
    private final Duration interval;
    private final Loop loop;

    /** Starts carrying. */
    public DebtLoop(Limiter limiter) {
        this(limiter, INTERVAL);
    }

    /** Starts carrying, at intervals of its own. */
    DebtLoop(Limiter limiter, Duration interval) {
        this.limiter = limiter;
        this.interval = interval;
        this.loop = Loop.start("debts", this::turn);
    }

    @Override
    public void close() {
        loop.closeAfterTurn(LONGEST.plusSeconds(1));
        try {
            turn();
        } catch (LaneException e) {
            LOG.warnf("what was given without Redis is not counted there: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration turn() throws InterruptedException {
        int clients = limiter.carryDebts(LONGEST);
        if (clients > 0) {
            LOG.infof("what %d clients were given without Redis is counted there now", clients);
        }
        return interval;
    }
}
