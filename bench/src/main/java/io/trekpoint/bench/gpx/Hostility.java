package io.trekpoint.bench.gpx;

import io.trekpoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What hostile files cost, each imported (read with all it carries, measured, written) and
 * validated in a warm JVM that has a heap of 64 MiB.
 */
final class Hostility {

    static final int HEAP_MIB = 64;
    private static final int SHOWN = 8;
    private static final List<Work> WORKS = List.of(Work.IMPORT, Work.VALIDATE);

    private record Cost(String name, Work work, Lap lap) {
        boolean fits() {
            return !lap.outcome().endsWith("Error");
        }
    }

    private final List<Cost> costs = new ArrayList<>();

    /**
     * The first honest file that has a prefix, without its declaration: another parser reads it.
     */
    private static Path undeclared(Collection<Path> honest, Path file) throws IOException {
        for (var path : honest) {
            String text = Files.readString(path);
            if (text.contains("<gpxtpx:")) {
                return Files.writeString(file, text.replaceFirst(" xmlns:gpxtpx=\"[^\"]*\"", ""));
            }
        }
        throw new IllegalStateException("no file has an extension");
    }

    /**
     * Lets all of them be worked on.
     *
     * @param honest files that warm the JVM up before, one of them also without its prefix declared
     * @param file where each is put while its turn lasts
     */
    void run(Collection<Path> honest, Path file) throws IOException {
        try (var jvm = new WarmJvm(HEAP_MIB, "keep")) {
            for (var work : WORKS) {
                for (var warming : honest) {
                    jvm.run(work, warming);
                }
                jvm.run(work, undeclared(honest, file));
            }
            for (var hostile : HostileSet.hostile()) {
                Progress.say("hostile: " + hostile.name());
                hostile.content().write(file);
                for (var work : WORKS) {
                    costs.add(new Cost(hostile.name(), work, jvm.run(work, file)));
                }
            }
        }
        Files.delete(file);
    }

    int size() {
        return costs.size();
    }

    /** Seconds of CPU of the costliest. */
    double greatestCpuS() {
        return costs.stream().mapToDouble(cost -> cost.lap().cpuS()).max().orElse(0);
    }

    /** How many took more than so many seconds. */
    long above(double seconds) {
        return costs.stream().filter(cost -> cost.lap().cpuS() > seconds).count();
    }

    /** How many wanted more memory than there was. */
    long tooLarge() {
        return costs.stream().filter(cost -> !cost.fits()).count();
    }

    /** The costliest, those first that did not fit. */
    Table table() {
        var table = new Table("the costliest hostile files", "job", "outcome", "CPU s");
        costs.stream()
                .sorted(
                        Comparator.comparingInt((Cost cost) -> cost.fits() ? 1 : 0)
                                .thenComparingDouble(cost -> -cost.lap().cpuS()))
                .limit(Math.max(SHOWN, tooLarge()))
                .forEach(cost ->
                        table.row(
                                cost.name(),
                                cost.work().name().toLowerCase(Locale.ROOT),
                                cost.lap().outcome(),
                                String.format(Locale.ROOT, "%.2f", cost.lap().cpuS())));
        return table;
    }
}
