package io.trekpoint.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator {@code wrk}: one thread, {@value #CONNECTIONS} connections.
 *
 * @param program where it is
 * @param work where its script and its log go
 */
public record Wrk(Path program, Path work) {
    /** How many requests are under way at once. */
    public static final int CONNECTIONS = 32;

    /** An answer may take so long: how long they take is what is measured. */
    private static final String PATIENCE = "10s";

    private static final Pattern RESULT =
            Pattern.compile("RESULT ([0-9.]+) ([0-9.]+) ([0-9.]+) ([0-9.]+) ([0-9]+)");

    /**
     * What a run has found.
     *
     * @param perSecond requests answered a second
     * @param medianMillis half of them were answered in this
     * @param p99Millis 99 in a hundred were answered in this
     * @param longestMillis all of them were answered in this
     * @param failed how many answers were no success, or did not come
     */
    public record Load(
            double perSecond,
            double medianMillis,
            double p99Millis,
            double longestMillis,
            long failed) {
        /** The median of several runs. */
        public static double median(List<Load> loads, ToDoubleFunction<Load> of) {
            List<Double> sorted = loads.stream().map(of::applyAsDouble).sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }

    /**
     * Sends the same request over and over.
     *
     * @param request Lua that sets {@code wrk.method}, {@code wrk.body} and {@code wrk.headers}, or
     *     has a function {@code request}
     * @throws IllegalStateException when any answer was no success
     */
    public Load run(String url, String request, int seconds) {
        Load load = observe(url, request, seconds);
        if (load.failed > 0) {
            throw new IllegalStateException(load.failed + " requests to " + url + " have failed");
        }
        return load;
    }

    /** The same, whatever the answers are. */
    public Load observe(String url, String request, int seconds) {
        try {
            Path script = work.resolve("request.lua");
            Files.writeString(
                    script,
                    request
                            + """

                            done = function(summary, latency, requests)
                              local e = summary.errors
                              io.write(string.format('RESULT %.1f %.3f %.3f %.3f %d\\n',
                                summary.requests / (summary.duration / 1000000),
                                latency:percentile(50) / 1000, latency:percentile(99) / 1000,
                                latency.max / 1000,
                                e.connect + e.read + e.write + e.status + e.timeout))
                            end
                            """);
            String said =
                    Child.run(
                            work.resolve("wrk.log"),
                            List.of(
                                    program.toString(),
                                    "-t1",
                                    "-c" + CONNECTIONS,
                                    "-d" + seconds + "s",
                                    "--timeout",
                                    PATIENCE,
                                    "-s",
                                    script.toString(),
                                    url));
            Matcher result = RESULT.matcher(said);
            if (!result.find()) {
                throw new IllegalStateException("wrk on " + url + ": " + said);
            }
            return new Load(
                    Double.parseDouble(result.group(1)),
                    Double.parseDouble(result.group(2)),
                    Double.parseDouble(result.group(3)),
                    Double.parseDouble(result.group(4)),
                    Long.parseLong(result.group(5)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
