package io.trekpoint.bench.limit;

import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import io.trekpoint.bench.report.Table;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * {@code ./trek bench limits}: everyone takes turns on one Redis, medians of the rounds, a table.
 */
public final class LimitBench {
    private static final int ROUNDS = 5;
    private static final int CALLERS = 64;
    private static final int SPREAD = 10_000;
    private static final int SECONDS = 4;

    private final Map<String, List<Lap>> laps = new LinkedHashMap<>();
    private final RedisServer redis = RedisServer.start();
    private final Path script;
    private final String place;

    private LimitBench(Path script, String place) {
        this.script = script;
        this.place = place;
    }

    /**
     * Measures.
     *
     * @param args the file to write to; the script of rate-limiter-flexible; where that is
     *     installed, or {@code !why it cannot be had}; then {@code --rounds n}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 4 ? Integer.parseInt(args[4]) : ROUNDS;
        LimitBench bench = new LimitBench(Path.of(args[1]), args[2]);
        try {
            bench.run(rounds);
            Files.writeString(Path.of(args[0]), bench.markdown());
        } finally {
            bench.redis.close();
            // Its timer would keep the process.
            StandaloneFaultTolerance.shutdown();
        }
    }

    private void run(int rounds) throws IOException, InterruptedException {
        try (Checks ours = new OurChecks(redis.url());
                Checks bucket = new BucketChecks(redis.url())) {
            // A lap of each, so that compilers and caches have seen the work.
            Lap.run(ours, CALLERS, SPREAD, SECONDS);
            Lap.run(bucket, CALLERS, SPREAD, SECONDS);
            for (int round = 1; round <= rounds; round++) {
                System.out.printf("round %d of %d%n", round, rounds);
                for (int clients : new int[] {SPREAD, 1}) {
                    redis.command("FLUSHALL");
                    note("Trek Point", clients, Lap.run(ours, CALLERS, clients, SECONDS));
                    redis.command("FLUSHALL");
                    note("Bucket4j 8.19", clients, Lap.run(bucket, CALLERS, clients, SECONDS));
                    if (!place.startsWith("!")) {
                        redis.command("FLUSHALL");
                        note("rate-limiter-flexible 11", clients, flexible(clients));
                    }
                }
            }
        }
    }

    private Lap flexible(int clients) throws IOException, InterruptedException {
        Process node =
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                place,
                                String.valueOf(redis.port()),
                                String.valueOf(CALLERS),
                                String.valueOf(clients),
                                String.valueOf(SECONDS))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(node::destroyForcibly));
        String[] answer =
                new String(node.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ", -1);
        if (node.waitFor() != 0 || answer.length != 2) {
            throw new IllegalStateException("rate-limiter-flexible ended with " + node.exitValue());
        }
        return new Lap(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
    }

    private void note(String contender, int clients, Lap lap) {
        System.out.printf(
                Locale.ROOT,
                "%-26s %6d clients: %8.0f checks/s, p99 %6.2f ms%n",
                contender,
                clients,
                lap.rate(),
                lap.p99());
        laps.computeIfAbsent(contender + "/" + clients, _ -> new ArrayList<>()).add(lap);
    }

    private String markdown() {
        Table table =
                new Table(
                        "",
                        "10 000 clients, checks/s",
                        "p99, ms",
                        "one client, checks/s",
                        "p99, ms");
        for (String contender :
                List.of("Trek Point", "Bucket4j 8.19", "rate-limiter-flexible 11")) {
            if (laps.containsKey(contender + "/1")) {
                table.row(
                        contender,
                        median(contender, SPREAD, Lap::rate, "%,.0f"),
                        median(contender, SPREAD, Lap::p99, "%.2f"),
                        median(contender, 1, Lap::rate, "%,.0f"),
                        median(contender, 1, Lap::p99, "%.2f"));
            } else {
                table.row(contender, place.substring(1), "-", "-", "-");
            }
        }
        return table.markdown();
    }

    private String median(
            String contender, int clients, ToDoubleFunction<Lap> what, String format) {
        List<Double> sorted =
                laps.getOrDefault(contender + "/" + clients, List.of()).stream()
                        .map(lap -> what.applyAsDouble(lap))
                        .sorted()
                        .toList();
        return String.format(Locale.ROOT, format, sorted.get(sorted.size() / 2));
    }
}
