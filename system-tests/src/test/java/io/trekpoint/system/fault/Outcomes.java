package io.trekpoint.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What became of each fault, a line for each: its number, what was done and the figures, with tabs
 * between. {@code ./trek test --faults} makes a page of it.
 */
final class Outcomes {
    private static final Path DIRECTORY = Path.of("target", "faults");

    private Outcomes() {}

    /** Adds a line, and prints it. */
    static void add(String fault, String what, Object figures) {
        String line = fault + '\t' + what + '\t' + figures + '\n';
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(
                    DIRECTORY.resolve("outcomes.tsv"),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(line);
    }

    /** Where a history is written. */
    static Path history(String test) {
        return DIRECTORY.resolve(test + ".history.jsonl");
    }
}
