package io.trekpoint.control.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks audit files without any service: the ones of an archive, in order, or one from {@code GET
 * /v1/audit/export}. Ends with 0 where the chain is whole, with 1 where it breaks or a file cannot
 * be read.
 */
public final class AuditFileCheck {
    private AuditFileCheck() {}

    /**
     * Follows one chain through all files.
     *
     * @param args the files in the order of their revisions; a directory stands for its files
     */
    public static void main(String... args) {
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

    static Report check(List<Path> paths) {
        ChainCheck chain = new ChainCheck();
        for (Path path : paths) {
            Optional<String> flaw = follow(chain, path);
            if (flaw.isPresent()) {
                return new Report(false, flaw.get() + reach(chain));
            }
        }
        String text =
                chain.from() == 0
                        ? "no revision is in there"
                        : "verified: revisions %d to %d, chain %s"
                                .formatted(chain.from(), chain.revision(), chain.hash());
        return new Report(chain.from() != 0, text);
    }

    private static String reach(ChainCheck chain) {
        return chain.from() == 0 ? "" : "; whole up to revision " + chain.revision();
    }

    private static Optional<String> follow(ChainCheck chain, Path path) {
        try {
            for (Path file : files(path)) {
                Optional<String> flaw = followLines(chain, file);
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(e.getFile() + ": there is no such file");
        } catch (IOException e) {
            return Optional.of("%s: cannot be read (%s)".formatted(path, e));
        }
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> listed = Files.list(path)) {
            return listed.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
        }
    }

    private static Optional<String> followLines(ChainCheck chain, Path file) throws IOException {
        // Bytes that are no UTF-8 belong to a line that is no revision, not to a file that cannot
        // be read.
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
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
