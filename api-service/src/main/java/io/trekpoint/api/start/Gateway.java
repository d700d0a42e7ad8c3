package io.trekpoint.api.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the gateway. Requests are served by virtual threads, whose carriers compete for processors
 * with the event loops that read and write for them, and each has about half of the work: half of
 * the processors are for either. With as many carriers as processors and twice as many event loops,
 * which is what the platform and Quarkus choose, they interrupt and wake each other instead.
 */
@QuarkusMain
public final class Gateway {
    /** What the platform reads when the first virtual thread starts; an operator's value stays. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    /**
     * What {@code application.properties} refers to for {@code
     * quarkus.vertx.event-loops-pool-size}, which operators set wherever Quarkus looks for it.
     */
    private static final String EVENT_LOOPS = "trek.event-loops";

    private Gateway() {}

    /** Runs the gateway until it is told to stop. */
    public static void main(String... args) {
        String half = String.valueOf(half(Runtime.getRuntime().availableProcessors()));
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, half);
        }
        System.setProperty(EVENT_LOOPS, half);
        Quarkus.run(args);
    }

    /** Half of the processors, and at least one. */
    static int half(int processors) {
        return Math.max(1, processors / 2);
    }
}
