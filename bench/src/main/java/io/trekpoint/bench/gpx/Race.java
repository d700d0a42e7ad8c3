package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same work on the same files by several contenders, the first of which is ours. They take
 * turns, so that whatever else the machine does falls on all of them.
 */
final class Race {

    private static final int WARM_UP_ROUNDS = 3;

    private final Map<TrackFile, Path> files;
    private final int rounds;
    private final Map<Contender, Map<TrackFile, List<Lap>>> laps = new LinkedHashMap<>();
    private final Map<String, String> absent = new LinkedHashMap<>();

    /** A race of at most so many rounds. */
    Race(Map<TrackFile, Path> files, int rounds) {
        this.files = files;
        this.rounds = rounds;
    }

    void enter(Contender contender) {
        laps.put(contender, new EnumMap<>(TrackFile.class));
    }

    /** One that cannot take part, and why. */
    void enterAbsent(String label, String why) {
        absent.put(label, why);
    }

    void run() throws IOException {
        for (var contender : laps.keySet()) {
            if (contender instanceof WarmJvm.Job) {
                Progress.say("warming up: " + contender.label());
                warmUp(contender);
            }
        }
        for (int round = 1; round <= rounds; round++) {
            for (var contender : laps.keySet()) {
                if (round <= contender.rounds()) {
                    Progress.say("round " + round + ": " + contender.label());
                    lap(contender);
                }
            }
        }
    }

    /** Passes over all files in turn until the compilers have little left to do. */
    private void warmUp(Contender contender) throws IOException {
        for (int round = 0; round < Math.min(WARM_UP_ROUNDS, contender.rounds()); round++) {
            for (var file : files.values()) {
                contender.run(file);
            }
        }
    }

    private void lap(Contender contender) throws IOException {
        var done = laps.computeIfAbsent(contender, it -> new EnumMap<>(TrackFile.class));
        for (var file : files.entrySet()) {
            done.computeIfAbsent(file.getKey(), kind -> new ArrayList<>())
                    .add(contender.run(file.getValue()));
        }
    }

    /** Millions of bytes a second of CPU of a contender on a file: of the lap in the middle. */
    double speed(Contender contender, TrackFile file) throws IOException {
        return Lap.median(laps.getOrDefault(contender, Map.of()).getOrDefault(file, List.of()))
                .megabytesPerSecond(Files.size(files.get(file)));
    }

    /** The least of that over all files. */
    double leastSpeed(Contender contender) throws IOException {
        double least = Double.POSITIVE_INFINITY;
        for (var file : files.keySet()) {
            least = Math.min(least, speed(contender, file));
        }
        return least;
    }

    /** How many times faster one is than another, on the file where that is the least. */
    double leastRatio(Contender one, Contender other) throws IOException {
        double least = Double.POSITIVE_INFINITY;
        for (var file : files.keySet()) {
            least = Math.min(least, speed(one, file) / speed(other, file));
        }
        return least;
    }

    /** A row for each contender: its speeds, and how many times faster the first one is. */
    Table table() throws IOException {
        var headings = new ArrayList<String>();
        headings.add("MB/s of CPU");
        for (var file : files.keySet()) {
            headings.add(file.label());
            headings.add("ours ×");
        }
        headings.add("rounds");
        var table = new Table(headings.toArray(String[]::new));
        var ours = laps.keySet().iterator().next();
        for (var contender : laps.keySet()) {
            table.row(row(contender, ours));
        }
        absent.forEach((label, why) -> {
            var row = new ArrayList<>(List.of(label + ": skipped, " + why));
            while (row.size() < headings.size()) {
                row.add("–");
            }
            table.row(row.toArray(String[]::new));
        });
        return table;
    }

    private String[] row(Contender contender, Contender ours) throws IOException {
        var row = new ArrayList<String>();
        row.add(contender.label());
        for (var file : files.keySet()) {
            row.add(number(speed(contender, file)));
            row.add(
                    contender.equals(ours)
                            ? "–"
                            : number(speed(ours, file) / speed(contender, file)));
        }
        row.add(Integer.toString(Math.min(rounds, contender.rounds())));
        return row.toArray(String[]::new);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
