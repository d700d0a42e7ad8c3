package io.trekpoint.control.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks audit files without any service: the ones of an archive, in order, or one from {@code GET
 * /v1/audit/export}. Ends with 0 where the chain is whole, with 1 where it breaks.
 */
public final class AuditFileCheck {
    private AuditFileCheck() {}

    /**
     * Follows one chain through all files.
     *
     * @param args the files in the order of their revisions; a directory stands for its files
     */
    public static void main(String... args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: audit verify FILE…");
            System.exit(2);
        }
        Report report = check(Stream.of(args).map(Path::of).toList());
        System.out.println(report.text());
        if (!report.whole()) {
            System.exit(1);
        }
    }

    /**
     * What was found.
     *
     * @param whole whether every line follows
     * @param text for people
     */
    record Report(boolean whole, String text) {}

    static Report check(List<Path> paths) throws IOException {
        ChainCheck chain = new ChainCheck();
        for (Path path : paths) {
            for (Path file : files(path)) {
                Optional<String> flaw = follow(chain, file);
                if (flaw.isPresent()) {
                    return new Report(
                            false, flaw.get() + "; whole up to revision " + chain.revision());
                }
            }
        }
        String text =
                chain.from() == 0
                        ? "no revision is in there"
                        : "verified: revisions %d to %d, chain %s"
                                .formatted(chain.from(), chain.revision(), chain.hash());
        return new Report(chain.from() != 0, text);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> listed = Files.list(path)) {
            return listed.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
        }
    }

    private static Optional<String> follow(ChainCheck chain, Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String place = "%s, line %d: ".formatted(file, number);
                var revision = AuditLine.parse(line);
                if (revision.isEmpty()) {
                    return Optional.of(place + "is not a revision of an audit");
                }
                Optional<ChainCheck.Flaw> flaw = chain.take(revision.get());
                if (flaw.isPresent()) {
                    return flaw.map(f ->
                            "%sbroken at revision %d: %s".formatted(place, f.revision(), f.why()));
                }
            }
        }
        return Optional.empty();
    }
}
