package io.trekpoint.bench.job;

import io.trekpoint.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the queues have shown, as tables: targets first, then speeds, costs and times. */
final class JobTables {
    private final List<Contender> contenders;
    private final Map<String, String> absent;
    private final Measured measured;
    private final Costs costs;

    /**
     * Tables of what is measured by then.
     *
     * @param contenders ours first
     * @param absent the peers that could not be had, and why
     */
    JobTables(
            List<Contender> contenders,
            Map<String, String> absent,
            Measured measured,
            Costs costs) {
        this.contenders = contenders;
        this.absent = absent;
        this.measured = measured;
        this.costs = costs;
    }

    /** All of them, as far as there is something to show. */
    String markdown() {
        return String.join(
                "\n",
                targets().markdown(),
                speeds().markdown(),
                costs.table(contenders).markdown(),
                times().markdown());
    }

    private Table speeds() {
        Table table =
                new Table(
                        "jobs a second",
                        "enqueued, 1 at a time",
                        "10",
                        "50",
                        "done, 1 at a time",
                        "10",
                        "50",
                        "of 50 ms, 1 at a time",
                        "10",
                        "50");
        for (Contender contender : contenders) {
            List<String> row = new ArrayList<>(List.of(contender.label()));
            Contender.CONCURRENCY.forEach(c -> row.add(whole(median(contender, "enqueue " + c))));
            Contender.CONCURRENCY.forEach(c -> row.add(whole(median(contender, "work " + c))));
            Contender.CONCURRENCY.forEach(c -> row.add(whole(median(contender, "slow " + c))));
            table.row(row.toArray(String[]::new));
        }
        absent.forEach((name, why) ->
                table.row(name + ": skipped, " + why, "–", "–", "–", "–", "–", "–", "–", "–", "–"));
        return table;
    }

    private Table times() {
        Table table =
                new Table(
                        "times and counts",
                        "idle submit to start, p50 ms",
                        "p99 ms",
                        "SIGKILL to restart, s",
                        "of 10 000, SIGKILL half way: done twice",
                        "not done");
        for (Contender contender : contenders) {
            table.row(
                    contender.label(),
                    fine(median(contender, "p50")),
                    fine(median(contender, "p99")),
                    fine(median(contender, "restart")),
                    whole(median(contender, "twice")),
                    whole(median(contender, "missing")));
        }
        return table;
    }

    private Table targets() {
        Table table = new Table("target", "measured", "");
        Contender ours = contenders.getFirst();
        times(table, "done a second at 10 ≥ 2 × BullMQ", "BullMQ", 2, it -> median(it, "work 10"));
        times(
                table,
                "done a second at 10 ≥ 20 × Celery",
                "Celery",
                20,
                it -> median(it, "work 10"));
        times(
                table,
                "enqueued a second at 10 ≥ 2 × BullMQ",
                "BullMQ",
                2,
                it -> median(it, "enqueue 10"));
        double best =
                contenders.stream()
                        .skip(1)
                        .mapToDouble(it -> median(it, "p99"))
                        .min()
                        .orElse(Double.NaN);
        double p99 = median(ours, "p99");
        table.row(
                "submit to start p99 no worse than the better peer's",
                fine(p99) + " against " + fine(best) + " ms",
                p99 <= best ? "met" : "MISSED");
        double restart = median(ours, "restart");
        table.row(
                "SIGKILL to restart ≤ lease (10 s) + 1 s",
                fine(restart) + " s",
                restart <= 11 ? "met" : "MISSED");
        double missing = median(ours, "missing");
        table.row(
                "a worker killed half way: lost 0",
                whole(missing),
                missing == 0 ? "met" : "MISSED");
        double grown = median(ours, "memory later") / median(ours, "memory");
        table.row(
                "memory after 1 000 000 jobs ≤ 1.1 × after 10 000",
                memory(ours, grown),
                grown <= 1.1 ? "met" : "MISSED");
        return table;
    }

    private void times(
            Table table,
            String target,
            String peer,
            double wanted,
            ToDoubleFunction<Contender> of) {
        Optional<Contender> other =
                contenders.stream().filter(it -> it.label().startsWith(peer)).findFirst();
        if (other.isEmpty()) {
            table.row(target, "– (peer skipped)", "");
            return;
        }
        double ratio = of.applyAsDouble(contenders.getFirst()) / of.applyAsDouble(other.get());
        table.row(
                target,
                String.format(Locale.ROOT, "%.2f", ratio),
                ratio >= wanted ? "met" : "MISSED");
    }

    private String memory(Contender ours, double grown) {
        return Double.isNaN(grown)
                ? "– (not done in 10 min)"
                : String.format(
                        Locale.ROOT,
                        "%.2f (%.2f to %.2f MB)",
                        grown,
                        median(ours, "memory") / 1e6,
                        median(ours, "memory later") / 1e6);
    }

    private double median(Contender contender, String what) {
        return measured.median(contender, what);
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.0f", value);
    }

    private static String fine(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f", value);
    }
}
