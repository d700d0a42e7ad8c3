package io.trekpoint.api.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the gateway. Requests are served by virtual threads, whose carriers compete for processors
 * with the event loops that read and write for them, and each has about half of the work. With as
 * many carriers as processors and twice as many event loops, which is what the platform and Quarkus
 * choose, all of them interrupt each other.
 */
@QuarkusMain
public final class Gateway {
    /** What the platform reads when the first virtual thread starts; an operator's value stays. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    /** What Quarkus reads; an operator's value stays. */
    private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

    private static final String EVENT_LOOPS_VARIABLE = "QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE";

    private Gateway() {}

    /** Runs the gateway until it is told to stop. */
    public static void main(String... args) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, String.valueOf(carriers(processors)));
        }
        if (System.getProperty(EVENT_LOOPS) == null
                && System.getenv(EVENT_LOOPS_VARIABLE) == null) {
            System.setProperty(EVENT_LOOPS, String.valueOf(eventLoops(processors)));
        }
        Quarkus.run(args);
    }

    /** Half of the processors, and at least one. */
    static int carriers(int processors) {
        return Math.max(1, processors / 2);
    }

    /**
     * One for each processor, and at least two, so that a request that is slow to read is not all.
     */
    static int eventLoops(int processors) {
        return Math.max(2, processors);
    }
}
