package io.trekpoint.bench.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./trek bench jobs}: everyone takes turns, medians of the rounds, a table. */
public final class JobBench {
    private static final int ROUNDS = 5;
    private static final int IDLE = 1_000;
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
    private final JobTables tables = new JobTables(contenders, absent, measured, costs);
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
            Files.writeString(results, bench.tables.markdown());
            bench.endure(bench.contenders.getFirst());
            Files.writeString(results, bench.tables.markdown());
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
        for (int concurrency : Contender.CONCURRENCY) {
            note(contender, "enqueue " + concurrency, contender.enqueueRate(concurrency));
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
}
