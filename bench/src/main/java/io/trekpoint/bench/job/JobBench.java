package io.trekpoint.bench.job;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** {@code ./trek bench jobs}: everyone takes turns, medians of the rounds, a table. */
public final class JobBench {
    private static final int ROUNDS = 5;
    private static final int IDLE = 300;
    private static final int APART = 5;
    private static final int WARM = 6_000;
    private static final int FAST = 10_000;
    private static final int SLOW = 1_000;
    private static final int MANY = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final List<Contender> contenders = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final Measured measured = new Measured();
    private final Costs costs = new Costs(measured);
    private final int rounds;

    private JobBench(int rounds) {
        this.rounds = rounds;
    }

    /**
     * Measures.
     *
     * @param args the file to write to, a directory to work in, the directory of the peers'
     *     scripts, the class path; for each peer {@code name=place} or {@code name!why it cannot be
     *     had}; then {@code --rounds n}
     */
    public static void main(String[] args) throws IOException {
        var words = new ArrayList<>(List.of(args));
        int option = words.indexOf("--rounds");
        int rounds = option < 0 ? ROUNDS : Integer.parseInt(words.get(option + 1));
        if (option >= 0) {
            words.subList(option, option + 2).clear();
        }
        JobBench bench = new JobBench(rounds);
        Path scripts = Path.of(words.get(2));
        Path log = Path.of(words.get(1)).resolve("contenders.log");
        bench.enterOurs(log);
        words.subList(3, words.size()).forEach(peer -> bench.enter(peer, scripts, log));
        try {
            bench.run();
            Path results = Path.of(words.getFirst());
            // The last part takes long, and what was measured before should not go with it.
            Files.writeString(results, bench.markdown());
            bench.endure(bench.contenders.getFirst());
            Files.writeString(results, bench.markdown());
        } finally {
            bench.contenders.forEach(Contender::close);
        }
    }

    private void enterOurs(Path log) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        java,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OurQueue.class.getName(),
                        "{port}");
        contenders.add(
                new Contender("Trek Point", FAST, command, Map.of("BENCH_LOG", log.toString())));
    }

    private void enter(String peer, Path scripts, Path log) {
        int why = peer.indexOf('!');
        if (why >= 0) {
            absent.put(peer.substring(0, why), peer.substring(why + 1));
            return;
        }
        String name = peer.substring(0, peer.indexOf('='));
        String place = peer.substring(peer.indexOf('=') + 1);
        String logged = log.toString();
        contenders.add(
                switch (name) {
                    case "BullMQ" ->
                            new Contender(
                                    "BullMQ 6.7",
                                    FAST,
                                    List.of(
                                            "node",
                                            scripts.resolve("bullmq.mjs").toString(),
                                            place,
                                            "{port}"),
                                    Map.of("BENCH_LOG", logged));
                    case "Celery" ->
                            new Contender(
                                    "Celery 5.2",
                                    SLOW,
                                    List.of(
                                            "python3",
                                            scripts.resolve("celery_queue.py").toString()),
                                    Map.of("BENCH_LOG", logged, "PYTHONPATH", place));
                    default -> throw new IllegalArgumentException(peer);
                });
    }

    private void run() {
        // So that compilers and caches have seen the work, single jobs too, which are few in a lap.
        for (Contender contender : contenders) {
            System.out.println("warming up: " + contender.label());
            contender.workRate(10);
            contender.idle(WARM, 1);
        }
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                System.out.printf("round %d of %d: %s%n", round, rounds, contender.label());
                lap(contender);
            }
        }
        for (Contender contender : contenders) {
            if (!contender.label().startsWith("Celery")) {
                System.out.println("killing: " + contender.label());
                note(contender, "restart", restart(contender));
            }
            System.out.println("killing half way: " + contender.label());
            Contender.Tally tally = contender.tally();
            note(contender, "twice", tally.twice());
            note(contender, "missing", tally.missing());
        }
    }

    /** What stays in memory of many jobs, against what stays of few. */
    private void endure(Contender ours) {
        System.out.printf("keeping nothing of %d jobs%n", MANY);
        ours.empty();
        ours.memoryAfter(FAST, PATIENCE).ifPresent(bytes -> note(ours, "memory", bytes));
        ours.memoryAfter(MANY, PATIENCE).ifPresent(bytes -> note(ours, "memory later", bytes));
    }

    private void lap(Contender contender) {
        note(contender, "enqueue", contender.enqueueRate());
        for (int concurrency : Contender.CONCURRENCY) {
            note(contender, "work " + concurrency, contender.workRate(concurrency));
            note(contender, "slow " + concurrency, contender.slowRate(concurrency));
        }
        costs.measure(contender);
        List<Double> idle = contender.idle(IDLE, APART);
        note(contender, "p50", idle.getFirst());
        note(contender, "p99", idle.getLast());
    }

    /** Seconds from the SIGKILL of the worker of a job until another one has begun it. */
    private static double restart(Contender contender) {
        contender.enqueueOne(60_000);
        try (Program first = contender.another()) {
            first.tell("serve 60000");
            first.next("started");
            try (Program second = contender.another()) {
                second.tell("serve 60000");
                long killed = System.nanoTime();
                first.kill();
                second.next("started");
                return (System.nanoTime() - killed) / 1e9;
            }
        }
    }

    private void note(Contender contender, String what, double value) {
        measured.note(contender, what, value);
    }

    private double median(Contender contender, String what) {
        return measured.median(contender, what);
    }

    private String markdown() {
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
                        "enqueued",
                        "done, 1 at a time",
                        "10",
                        "50",
                        "of 50 ms, 1 at a time",
                        "10",
                        "50");
        for (Contender contender : contenders) {
            List<String> row = new ArrayList<>(List.of(contender.label()));
            row.add(whole(median(contender, "enqueue")));
            Contender.CONCURRENCY.forEach(c -> row.add(whole(median(contender, "work " + c))));
            Contender.CONCURRENCY.forEach(c -> row.add(whole(median(contender, "slow " + c))));
            table.row(row.toArray(String[]::new));
        }
        absent.forEach((name, why) ->
                table.row(name + ": skipped, " + why, "–", "–", "–", "–", "–", "–", "–"));
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
        times(table, "enqueued a second ≥ 2 × BullMQ", "BullMQ", 2, it -> median(it, "enqueue"));
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

    private static String whole(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.0f", value);
    }

    private static String fine(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f", value);
    }
}
