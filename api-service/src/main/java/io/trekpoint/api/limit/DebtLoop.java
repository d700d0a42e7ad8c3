package io.trekpoint.api.limit;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.limit.Limiter;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Carries what was admitted without Redis into the shared count, soon after Redis is back. */
public final class DebtLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DebtLoop.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Limiter limiter;
    private final Loop loop;

    /** Starts carrying. */
    public DebtLoop(Limiter limiter) {
        this.limiter = limiter;
        this.loop = Loop.start("debts", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        int clients = limiter.carryDebts();
        if (clients > 0) {
            LOG.infof("what %d clients were given without Redis is counted there now", clients);
        }
        return INTERVAL;
    }
}
