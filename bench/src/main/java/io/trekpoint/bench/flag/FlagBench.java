package io.trekpoint.bench.flag;

import io.github.jamsesso.jsonlogic.JsonLogicException;
import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The part of {@code ./trek bench control} that evaluates flags in process, with JMH. */
public final class FlagBench {
    private static final int FORKS = 3;
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Map<String, RunResult> results;

    private FlagBench(Collection<RunResult> results) {
        this.results =
                results.stream().collect(Collectors.toMap(FlagBench::name, Function.identity()));
    }

    /**
     * Measures.
     *
     * @param args the file to write to; then options: {@code --forks n}
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        int forks = args.length > 2 ? Integer.parseInt(args[2]) : FORKS;
        checkAgreement();
        Options options =
                new OptionsBuilder()
                        .include("io\\.trekpoint\\.bench\\.flag\\.")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(forks)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        Files.writeString(Path.of(args[0]), new FlagBench(results).report(forks));
    }

    /** Both have to answer the same, or else there is nothing to compare. */
    private static void checkAgreement() {
        Ours ours = new Ours();
        ours.prepare();
        JsonLogicJava peer = new JsonLogicJava();
        try {
            if (!peer.split().equals(ours.split().variant())
                    || !peer.conditions().equals(ours.conditions().variant())) {
                throw new IllegalStateException("the two disagree on what the rules mean");
            }
        } catch (JsonLogicException e) {
            throw new IllegalStateException("the peer cannot evaluate the rules", e);
        }
    }

    private String report(int forks) {
        var table =
                new Table(
                        "evaluation in process",
                        "ns",
                        "fastest",
                        "B allocated",
                        "target",
                        "json-logic-java: ns",
                        "fastest",
                        "B allocated",
                        "ratio");
        table.row(
                "a flag without targeting",
                time("Ours.fixed"),
                fastest("Ours.fixed"),
                bytes("Ours.fixed"),
                "≤ 50 ns, 0 B",
                "–",
                "–",
                "–",
                "–");
        row(table, "three conditions", "conditions", "–");
        row(table, "three conditions and fractional", "split", "≤ 500 ns");
        return """
        Flags evaluated in process: JMH, one thread, %d forks of 5 iterations of 1 s after 5 to warm up, median and \
        fastest iteration; the context is the JSON of a request, a map for io.github.jamsesso:json-logic-java 1.1.0, which keeps \
        the rules it has parsed.

        %s\
        """
                .formatted(forks, table.markdown());
    }

    private void row(Table table, String what, String benchmark, String target) {
        String peer = "JsonLogicJava." + benchmark;
        String ours = "Ours." + benchmark;
        table.row(
                what,
                time(ours),
                fastest(ours),
                bytes(ours),
                target,
                time(peer),
                fastest(peer),
                bytes(peer),
                "%.1f ×".formatted(nanos(peer) / nanos(ours)));
    }

    /** The median: what a neighbour of the process takes for a while does not count. */
    private double nanos(String benchmark) {
        return result(benchmark).getPrimaryResult().getStatistics().getPercentile(50);
    }

    private String time(String benchmark) {
        return String.format(Locale.ROOT, "%.1f", nanos(benchmark));
    }

    private String fastest(String benchmark) {
        double least = result(benchmark).getPrimaryResult().getStatistics().getMin();
        return String.format(Locale.ROOT, "%.1f", least);
    }

    private String bytes(String benchmark) {
        var allocated = result(benchmark).getSecondaryResults().get(ALLOCATION);
        if (allocated == null) {
            throw new IllegalStateException("nothing is known of what was allocated");
        }
        return String.format(Locale.ROOT, "%.0f", allocated.getScore());
    }

    private RunResult result(String benchmark) {
        RunResult result = results.get(benchmark);
        if (result == null) {
            throw new IllegalStateException("nothing was measured for " + benchmark);
        }
        return result;
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        return full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
    }
}
