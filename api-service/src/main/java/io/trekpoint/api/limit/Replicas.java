package io.trekpoint.api.limit;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.instance.Roll;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Keeps counting how many gateways share the limits. Thread-safe. */
public final class Replicas implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ReplicaCount gateways;
    private final Loop loop;

    /**
     * Starts counting.
     *
     * @param floor how many there are at the least
     * @param roll reads who is there; throws where nobody can be asked
     */
    public Replicas(int floor, Supplier<Roll> roll, InstantSource clock) {
        this.gateways = new ReplicaCount(floor, roll, clock);
        this.loop = Loop.start("replicas", this::turn);
    }

    /** How many there are: what was seen last while nobody can be asked. */
    public int count() {
        return gateways.count();
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        gateways.look();
        return INTERVAL;
    }
}
