package io.trekpoint.api.limit;

import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.instance.Roll;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Knows how many gateways share the limits, by their heartbeats. One more counts at once, one fewer
 * only once it has been gone for a while: a Redis that has just come back has heard of few. What
 * was seen last holds while nobody can be asked. Thread-safe.
 */
public final class Replicas implements AutoCloseable {
    private static final String SERVICE = "api-service";
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int floor;
    private final Supplier<Roll> roll;
    private final InstantSource clock;
    private final Loop loop;
    private volatile int count;
    private long enoughSeenAt;

    /**
     * Starts counting.
     *
     * @param floor how many there are at the least
     * @param roll reads who is there; throws where nobody can be asked
     */
    public Replicas(int floor, Supplier<Roll> roll, InstantSource clock) {
        this.floor = floor;
        this.roll = roll;
        this.clock = clock;
        this.count = floor;
        this.enoughSeenAt = clock.millis();
        this.loop = Loop.start("replicas", this::turn);
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        long present =
                roll.get().present().stream()
                        .filter(each -> each.beat().identity().service().equals(SERVICE))
                        .count();
        see((int) Math.max(floor, present));
        return INTERVAL;
    }

    private void see(int present) {
        long now = clock.millis();
        if (present >= count) {
            enoughSeenAt = now;
            count = present;
        } else if (now - enoughSeenAt > PATIENCE.toMillis()) {
            enoughSeenAt = now;
            count = present;
        }
    }
}
