package io.trekpoint.api.limit;

import io.trekpoint.lanes.instance.Roll;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * How many gateways share the limits, by what was seen of their heartbeats. One more counts at
 * once, one fewer only where fewer were seen for half a minute on end: a Redis that has just come
 * back has heard of few. What was seen last holds while nobody can be asked. One thread looks, any
 * may read the count.
 */
final class ReplicaCount {
    private static final String SERVICE = "api-service";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int floor;
    private final Supplier<Roll> roll;
    private final InstantSource clock;
    private volatile int count;
    private OptionalLong fewerSince = OptionalLong.empty();

    /**
     * Begins with the floor.
     *
     * @param floor how many there are at the least
     * @param roll reads who is there; throws where nobody can be asked
     */
    ReplicaCount(int floor, Supplier<Roll> roll, InstantSource clock) {
        this.floor = floor;
        this.roll = roll;
        this.clock = clock;
        this.count = floor;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Asks who is there. Throws what the roll throws, and then the patience begins anew. */
    void look() {
        boolean seen = false;
        try {
            see(Math.max(floor, gateways(roll.get())));
            seen = true;
        } finally {
            if (!seen) {
                fewerSince = OptionalLong.empty();
            }
        }
    }

    private static int gateways(Roll roll) {
        return (int)
                roll.present().stream()
                        .filter(each -> each.beat().identity().service().equals(SERVICE))
                        .count();
    }

    private void see(int present) {
        long now = clock.millis();
        if (present < count && fewerSince.isEmpty()) {
            fewerSince = OptionalLong.of(now);
        } else if (present >= count || now - fewerSince.orElse(now) >= PATIENCE.toMillis()) {
            count = present;
            fewerSince = OptionalLong.empty();
        }
    }
}
