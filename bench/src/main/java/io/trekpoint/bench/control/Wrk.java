package io.trekpoint.bench.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator {@code wrk}: one thread, {@value #CONNECTIONS} connections. */
record Wrk(Path program, Path work) {
    static final int CONNECTIONS = 32;

    /** An answer may take so long: how long they take is what is measured. */
    private static final String PATIENCE = "10s";

    private static final Pattern RESULT =
            Pattern.compile("RESULT ([0-9.]+) ([0-9.]+) ([0-9.]+) ([0-9]+)");

    /**
     * What a run has found.
     *
     * @param perSecond requests answered a second
     * @param medianMillis half of them were answered in this
     * @param p99Millis 99 in a hundred were answered in this
     */
    record Load(double perSecond, double medianMillis, double p99Millis) {}

    /**
     * Sends the same request over and over.
     *
     * @param request Lua that sets {@code wrk.method}, {@code wrk.body} and {@code wrk.headers}
     * @throws IllegalStateException when any answer was no success
     */
    Load run(String url, String request, int seconds) {
        try {
            Path script = work.resolve("request.lua");
            Files.writeString(
                    script,
                    request
                            + """

                            done = function(summary, latency, requests)
                              local e = summary.errors
                              io.write(string.format('RESULT %.1f %.3f %.3f %d\\n',
                                summary.requests / (summary.duration / 1000000),
                                latency:percentile(50) / 1000, latency:percentile(99) / 1000,
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
            if (!result.find() || !result.group(4).equals("0")) {
                throw new IllegalStateException("wrk on " + url + ": " + said);
            }
            return new Load(
                    Double.parseDouble(result.group(1)),
                    Double.parseDouble(result.group(2)),
                    Double.parseDouble(result.group(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
