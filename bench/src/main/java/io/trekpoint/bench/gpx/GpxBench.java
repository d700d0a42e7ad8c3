package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code ./trek bench gpx}: makes the files, lets everyone run, writes the tables. */
public final class GpxBench {

    private static final int ROUNDS = 5;
    private static final int HEAP_MIB = 1024;

    private final Map<TrackFile, Path> files;
    private final Speed speed;
    private final Memory memory;
    private final Thinning thinning = new Thinning();
    private final Hostility hostility = new Hostility();

    private GpxBench(Map<TrackFile, Path> files, Speed speed) {
        this.files = files;
        this.speed = speed;
        this.memory = new Memory(files);
    }

    /**
     * Measures.
     *
     * @param args a directory to work in, the file to write to, the directory of the peers'
     *     scripts, and for each peer {@code name=place} or {@code name!why it cannot be had}; then
     *     options: {@code --rounds n}
     * @throws IOException if a contender fails, or a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        var words = new ArrayList<>(List.of(args));
        int rounds = ROUNDS;
        int option = words.indexOf("--rounds");
        if (option >= 0) {
            rounds = Integer.parseInt(words.get(option + 1));
            words.subList(option, option + 2).clear();
        }
        var work = Path.of(words.get(0));
        var peers = new Peers(words.subList(3, words.size()), Path.of(words.get(2)));
        var files = made(work);
        try (var ours = new WarmJvm(HEAP_MIB);
                var jpx = new WarmJvm(HEAP_MIB)) {
            var speed = new Speed(files, rounds, peers, ours, jpx);
            Files.writeString(Path.of(words.get(1)), new GpxBench(files, speed).run(work));
        }
    }

    private static Map<TrackFile, Path> made(Path directory) throws IOException {
        Progress.say("making the files");
        var files = new EnumMap<TrackFile, Path>(TrackFile.class);
        for (var kind : TrackFile.values()) {
            files.put(kind, kind.make(directory));
        }
        return files;
    }

    private String run(Path work) throws IOException {
        var fits = memory.run();
        thinning.run();
        hostility.run(files.values(), work.resolve("hostile.gpx"));
        var greedy = Greed.run(work.resolve("greedy.gpx"));
        speed.run();
        return String.join(
                "\n",
                targets().markdown(),
                "Parse and measure, %d files of 50 MiB:\n".formatted(files.size()),
                speed.statsTable().markdown(),
                "Convert to GeoJSON:\n",
                speed.geojsonTable().markdown(),
                "Memory:\n",
                fits.markdown(),
                "Thinning out:\n",
                thinning.table().markdown(),
                "Hostile files, %d jobs in a heap of %d MiB:\n"
                        .formatted(hostility.size(), Hostility.HEAP_MIB),
                hostility.table().markdown(),
                "Valid files with as much to keep as 50 MiB can hold, imported:\n",
                greedy.markdown());
    }

    private Table targets() throws IOException {
        var table = new Table("target", "measured", "");
        least(table, "parse and stats ≥ 60 MB/s", OptionalDouble.of(speed.statsSpeed()), 60);
        least(table, "… ≥ 1.5 × gpsbabel", speed.timesGpsbabel(), 1.5);
        least(table, "… ≥ 10 × gpxpy", speed.timesGpxpy(), 10);
        least(table, "… ≥ 4 × jpx", OptionalDouble.of(speed.timesJpx()), 4);
        least(table, "GeoJSON ≥ 40 MB/s", OptionalDouble.of(speed.geojsonSpeed()), 40);
        table.row(
                "a 50 MiB job within 128 MiB of heap",
                memory.allFit() ? "all" : "not all",
                verdict(memory.allFit()));
        most(table, "1.4 M points thinned out in ≤ 2 s", thinning.slowestS(), 2);
        most(table, "hostile files ≤ 1 s", hostility.greatestCpuS(), 1);
        table.row(
                "hostile files within 64 MiB of heap",
                hostility.tooLarge() + " of " + hostility.size() + " jobs want more",
                verdict(hostility.tooLarge() == 0));
        return table;
    }

    private static void least(Table table, String target, OptionalDouble value, double wanted) {
        if (value.isEmpty()) {
            table.row(target, "– (peer skipped)", "");
        } else {
            double it = value.getAsDouble();
            table.row(target, String.format(Locale.ROOT, "%.1f", it), verdict(it >= wanted));
        }
    }

    private static void most(Table table, String target, double value, double wanted) {
        String measured = String.format(Locale.ROOT, "%.2f s", value);
        table.row(target, measured, verdict(value <= wanted));
    }

    private static String verdict(boolean met) {
        return met ? "met" : "MISSED";
    }
}
