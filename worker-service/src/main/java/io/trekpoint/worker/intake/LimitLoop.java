package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.Loop;
import java.time.Duration;
import java.util.function.Function;

/**
 * Ends attempts whose thread has been at work for longer than the hard limit. Engines keep the time
 * they are allowed themselves; this is for one that does not. Gives back what was claimed ahead and
 * finds no thread, since the jobs before it take longer than those that were seen.
 */
final class LimitLoop implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration LONGEST_AHEAD = Duration.ofMillis(250);

    private final ActiveJobs active;
    private final Workbench bench;
    private final Function<HeldJob, Duration> limit;
    private final Loop loop;

    LimitLoop(ActiveJobs active, Workbench bench, Function<HeldJob, Duration> limit) {
        this.active = active;
        this.bench = bench;
        this.limit = limit;
        this.loop = Loop.start("limit", this::turn);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        for (HeldJob held : active.held()) {
            if (held.working().compareTo(limit.apply(held)) > 0) {
                bench.timeOut(held);
            } else if (!held.begun() && held.held().compareTo(LONGEST_AHEAD) > 0) {
                bench.giveBackUnbegun(held);
            }
        }
        return INTERVAL;
    }
}
