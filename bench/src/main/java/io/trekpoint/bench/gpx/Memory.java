package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether jobs on files of 50 MiB do with a heap of 128 MiB: in a JVM that has no more, for the
 * whole process. Inputs are streamed, outputs kept compressed, as in a worker.
 */
final class Memory {

    static final int HEAP_MIB = 128;

    private static final List<Work> WORKS =
            List.of(
                    Work.STATS,
                    Work.GEOJSON,
                    Work.IMPORT,
                    Work.VALIDATE,
                    Work.RDP,
                    Work.VISVALINGAM);

    private final Map<TrackFile, Path> files;
    private boolean allFit = true;

    Memory(Map<TrackFile, Path> files) {
        this.files = files;
    }

    /** A row for each kind of job: whether it fits, and the CPU it takes in so little room. */
    Table run() throws IOException {
        var headings = new ArrayList<String>();
        headings.add("job in a heap of " + HEAP_MIB + " MiB");
        files.keySet().forEach(file -> headings.add(file.label()));
        var table = new Table(headings.toArray(String[]::new));
        try (var jvm = new WarmJvm(HEAP_MIB, "keep")) {
            for (var work : WORKS) {
                Progress.say("in " + HEAP_MIB + " MiB: " + work);
                table.row(row(jvm, work));
            }
        }
        return table;
    }

    private String[] row(WarmJvm jvm, Work work) throws IOException {
        var row = new ArrayList<String>();
        row.add(work.name().toLowerCase(Locale.ROOT));
        for (var file : files.values()) {
            var lap = jvm.run(work, file);
            boolean fits = lap.outcome().equals(Lap.DONE);
            allFit &= fits;
            row.add(fits ? String.format(Locale.ROOT, "fits, %.1f s", lap.cpuS()) : lap.outcome());
        }
        return row.toArray(String[]::new);
    }

    /** Whether all jobs of the table did. */
    boolean allFit() {
        return allFit;
    }
}
