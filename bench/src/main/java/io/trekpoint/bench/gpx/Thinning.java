package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long it takes to thin out lines of 1.4 million points. */
final class Thinning {

    private static final int HEAP_MIB = 512;

    private final List<String[]> rows = new ArrayList<>();

    void run() throws IOException {
        Progress.say("thinning out lines of 1.4 million points");
        var process =
                new ProcessBuilder(Jvm.command(HEAP_MIB, ThinningLoop.class))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var answers = process.inputReader()) {
            answers.lines().map(line -> line.split("\t", -1)).forEach(rows::add);
            if (process.waitFor() != 0) {
                throw new IOException("the JVM that thins out lines has failed");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    /** Seconds of CPU of the slowest. */
    double slowestS() {
        return rows.stream().mapToDouble(row -> Double.parseDouble(row[2])).max().orElse(0);
    }

    Table table() {
        var table =
                new Table("1.4 million points", "thinned out", "CPU s", "points left", "error m");
        rows.forEach(table::row);
        return table;
    }
}
