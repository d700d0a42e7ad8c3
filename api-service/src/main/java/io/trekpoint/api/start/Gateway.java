package io.trekpoint.api.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the gateway. Requests are served by virtual threads, whose carriers compete for processors
 * with the event loops that read and write for them, and each has about half of the work. With as
 * many carriers as processors, which is the platform's choice, all of them interrupt each other.
 */
@QuarkusMain
public final class Gateway {
    /** What the platform reads when the first virtual thread starts; an operator's value stays. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private Gateway() {}

    /** Runs the gateway until it is told to stop. */
    public static void main(String... args) {
        if (System.getProperty(CARRIERS) == null) {
            int carriers = carriers(Runtime.getRuntime().availableProcessors());
            System.setProperty(CARRIERS, String.valueOf(carriers));
        }
        Quarkus.run(args);
    }

    /** Half of the processors, and at least one. */
    static int carriers(int processors) {
        return Math.max(1, processors / 2);
    }
}
