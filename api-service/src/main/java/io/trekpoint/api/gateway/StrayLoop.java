package io.trekpoint.api.gateway;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.limit.SharedRate;
import java.time.Duration;

/** Tells the other gateways, through Redis, what has led nowhere here, and hears of theirs. */
public final class StrayLoop implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Strays strays;
    private final SharedRate shared;
    private final Loop loop;

    /** Starts telling. */
    public StrayLoop(Strays strays, SharedRate shared) {
        this.strays = strays;
        this.shared = shared;
        this.loop = Loop.start("strays", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        strays.exchange(shared);
        return INTERVAL;
    }
}
