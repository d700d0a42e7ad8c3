package io.trekpoint.bench.gateway;

import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Wrk;
import io.trekpoint.lanes.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The Redis of limits hangs in the middle of a load, and stays so for another one. */
final class Outage {
    private static final int SECONDS = 10;
    private static final int MIDDLE_SECONDS = 6;
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final int AFTER_SECONDS = 3;
    private static final double MOST_MILLIS = 60;
    private static final double LEAST_SHARE = 0.8;

    private final Wrk wrk;
    private final List<Wrk.Load> healthy = new ArrayList<>();
    private final List<Wrk.Load> middle = new ArrayList<>();
    private final List<Wrk.Load> hung = new ArrayList<>();

    Outage(Wrk wrk) {
        this.wrk = wrk;
    }

    void run(String url, Requests requests, RedisServer limits, Path work, int rounds) {
        String script = requests.atRandom(work);
        for (int round = 0; round < rounds; round++) {
            healthy.add(wrk.observe(url, script, SECONDS));
            CompletableFuture<Void> stop =
                    CompletableFuture.runAsync(
                            limits::freeze,
                            CompletableFuture.delayedExecutor(
                                    BEFORE.toMillis(), TimeUnit.MILLISECONDS));
            middle.add(wrk.observe(url, script, MIDDLE_SECONDS));
            stop.join();
            hung.add(wrk.observe(url, script, SECONDS));
            limits.thaw();
            wrk.observe(url, script, AFTER_SECONDS);
        }
    }

    Table table() {
        Table table =
                new Table("the Redis of limits", "requests/s", "p99, ms", "longest, ms", "failed");
        row(table, "answers", healthy);
        row(table, "is stopped (SIGSTOP) half way", middle);
        row(table, "has been stopped for 3 s and more", hung);
        return table;
    }

    void targets(Table targets) {
        double p99 = Wrk.Load.median(hung, Wrk.Load::p99Millis);
        double share =
                Wrk.Load.median(hung, Wrk.Load::perSecond)
                        / Wrk.Load.median(healthy, Wrk.Load::perSecond);
        long failed = failed(middle) + failed(hung);
        targets.row(
                "Redis hung: p99 ≤ 60 ms once the breaker is open",
                RequestRace.number("%.2f", p99),
                p99 <= MOST_MILLIS ? "met" : "MISSED");
        targets.row("… no request fails", String.valueOf(failed), failed == 0 ? "met" : "MISSED");
        targets.row(
                "… ≥ 80 % of the requests/s while it answers",
                RequestRace.number("%.0f %%", share * 100),
                share >= LEAST_SHARE ? "met" : "MISSED");
    }

    private static void row(Table table, String when, List<Wrk.Load> loads) {
        table.row(
                when,
                RequestRace.number("%.0f", Wrk.Load.median(loads, Wrk.Load::perSecond)),
                RequestRace.number("%.2f", Wrk.Load.median(loads, Wrk.Load::p99Millis)),
                RequestRace.number("%.1f", Wrk.Load.median(loads, Wrk.Load::longestMillis)),
                String.format(Locale.ROOT, "%d", failed(loads)));
    }

    private static long failed(List<Wrk.Load> loads) {
        return loads.stream().mapToLong(Wrk.Load::failed).sum();
    }
}
