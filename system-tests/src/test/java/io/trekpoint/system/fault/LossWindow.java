package io.trekpoint.system.fault;

import java.time.Duration;
import java.util.function.Predicate;

/** How much of what was acknowledged a kind of death has taken back, over several rounds. */
final class LossWindow {
    private final String what;
    private int rounds;
    private int acknowledged;
    private int lost;
    private int lostConfirmed;
    private long longestMs;

    LossWindow(String what) {
        this.what = what;
    }

    /**
     * Counts a round.
     *
     * @param killedAtMs when the store died, epoch milliseconds; what was acknowledged later is not
     *     counted
     * @param gone whether nobody knows a job any more
     */
    void add(History history, long killedAtMs, Predicate<String> gone) {
        rounds++;
        for (Act act : history.acts()) {
            if (act.job().isEmpty() || act.atMs() > killedAtMs) {
                continue;
            }
            acknowledged++;
            if (gone.test(act.job())) {
                lost++;
                lostConfirmed += act.durability().equals("confirmed") ? 1 : 0;
                longestMs = Math.max(longestMs, killedAtMs - act.atMs());
            }
        }
    }

    /** The kind of death. */
    String what() {
        return what;
    }

    int lostConfirmed() {
        return lostConfirmed;
    }

    /** From the answer for the oldest job that was lost to the death. */
    Duration longest() {
        return Duration.ofMillis(longestMs);
    }

    @Override
    public String toString() {
        return "%d rounds, acknowledged %d, lost %d, the oldest %d ms before"
                .formatted(rounds, acknowledged, lost, longestMs);
    }
}
