package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large a heap has to be for valid files that hold as much as they can. */
final class Greed {

    private static final int[] HEAPS_MIB = {64, 96, 128, 192, 256, 384, 512};

    private Greed() {}

    /** A row for each file, which is put here while its turn lasts. */
    static Table run(Path file) throws IOException {
        var table = new Table("file", "outcome", "heap MiB");
        for (var greedy : HostileSet.greedy()) {
            Progress.say("greedy: " + greedy.name());
            greedy.content().write(file);
            table.row(row(greedy.name(), file));
        }
        Files.delete(file);
        return table;
    }

    private static String[] row(String name, Path file) throws IOException {
        String outcome = "";
        for (int heap : HEAPS_MIB) {
            try (var jvm = new WarmJvm(heap, "keep")) {
                outcome = jvm.run(Work.IMPORT, file).outcome();
            }
            if (!outcome.endsWith("Error")) {
                return new String[] {name, outcome, Integer.toString(heap)};
            }
        }
        return new String[] {name, outcome, "more than " + HEAPS_MIB[HEAPS_MIB.length - 1]};
    }
}
