package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a history against the invariants: no acknowledged job is lost, none is published twice,
 * none of two keys is one job and no key two, nothing is answered 500 or late, and everything is
 * normal again soon after the repair.
 */
final class Checker {
    /** What the jobs lane counts of finishes that were refused since their token was gone. */
    static final String STALE = "staleFinishesRefused";

    /** What it counts of open jobs that had to be set right. */
    static final String REPAIRS = "repairs";

    /** What a submit may take: the deadlines of the lanes it asks, one after the other. */
    private static final Duration DEADLINE = Duration.ofMillis(500 + 250 + 250 + 250);

    private static final Duration GRACE = Duration.ofMillis(250);

    /** From the repair to normal. */
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private static final Duration ENDED = Duration.ofSeconds(120);

    /** Jobs whose result was published more than once, of all that the events tell. */
    private static final String PUBLISHED_TWICE =
            "local n, seen = 0, {} for _, e in ipairs(redis.call('XRANGE', 'trek:{jobs:0}:events', '-', '+')) do"
                    + " for i = 1, #e[2], 2 do local id = e[2][i]"
                    + " if e[2][i + 1] == 'succeeded' then seen[id] = (seen[id] or 0) + 1"
                    + " if seen[id] == 2 then n = n + 1 end end end end return n";

    private final Product product;
    private final String client;
    private final History history;
    private final Pulse machine;

    /** A checker of one run. */
    Checker(Product product, String client, History history, Pulse machine) {
        this.product = product;
        this.client = client;
        this.history = history;
        this.machine = machine;
    }

    /** Waits until every concern of every service is normal again, which must be soon. */
    void recovered() {
        product.awaitNormal(RECOVERY);
    }

    /**
     * Waits until every acknowledged job has ended, and holds the invariants against it all.
     *
     * @param staleBefore what was counted of {@link #STALE} before
     * @param repairsBefore what was counted of {@link #REPAIRS} before
     * @return the figures
     */
    Verdict check(long staleBefore, long repairsBefore) {
        List<String> jobs = history.acknowledged();
        Map<String, Integer> ends = new HashMap<>();
        List<String> lost = new ArrayList<>();
        for (String job : jobs) {
            String end = end(job);
            ends.merge(end, 1, Integer::sum);
            if (end.equals("lost")) {
                lost.add(job);
            }
        }
        long twice = publishedTwice();
        Verdict verdict =
                new Verdict(
                        jobs.size(),
                        ends,
                        lost.size(),
                        twice,
                        product.counted(STALE) - staleBefore,
                        product.counted(REPAIRS) - repairsBefore,
                        slowest(),
                        refused());
        assertThat(jobs).as("acknowledged jobs").isNotEmpty();
        assertThat(lost).as("lost jobs; %s", verdict).isEmpty();
        assertThat(twice).as("results published twice").isZero();
        assertThat(history.acts()).as("answers").noneMatch(act -> act.status() == 500);
        assertThat(keysOfSeveralJobs()).as("keys that made several jobs").isEmpty();
        assertThat(history.acts())
                .as("answers that kept somebody waiting, other than the machine did")
                .noneMatch(this::late);
        return verdict;
    }

    private String end(String job) {
        return await("job " + job + " ends")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(ENDED)
                .until(
                        () -> state(job),
                        state -> !List.of("queued", "active", "delayed").contains(state));
    }

    private String state(String job) {
        Answer answer = product.client(client).get("/v1/jobs/" + job);
        return switch (answer.status()) {
            case 200 -> answer.json().path("state").asText();
            case 404, 410 -> "lost";
            default -> "queued";
        };
    }

    private long publishedTwice() {
        String reply = product.redis(LaneName.JOBS).command("EVAL \"" + PUBLISHED_TWICE + "\" 0");
        return Long.parseLong(reply.substring(1));
    }

    private List<String> keysOfSeveralJobs() {
        Map<String, String> jobs = new HashMap<>();
        List<String> several = new ArrayList<>();
        for (Act act : history.acts()) {
            if (act.acknowledges() && !act.job().isEmpty()) {
                String first = jobs.putIfAbsent(act.key(), act.job());
                if (first != null && !first.equals(act.job())) {
                    several.add(act.key());
                }
            }
        }
        return several;
    }

    private boolean late(Act act) {
        Duration stalled = machine.late(act.atMs() - act.tookMs(), act.atMs());
        return act.tookMs() > DEADLINE.plus(GRACE).plus(stalled).toMillis();
    }

    private long slowest() {
        return history.acts().stream().mapToLong(Act::tookMs).max().orElse(0);
    }

    private long refused() {
        return history.acts().stream().filter(act -> !act.acknowledges()).count();
    }
}
