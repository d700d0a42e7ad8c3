package io.trekpoint.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract knows the problems that the code names, each under its status. */
class ProblemTypeTest {
    private static final Pattern NAMED =
            Pattern.compile("\\(\\s*([45]\\d\\d)\\s*,\\s*\"([a-z]+(?:-[a-z]+)*)\"");

    /** Their status is not beside their name in the code. */
    private static final Set<String> BUILT_OTHERWISE =
            Set.of("400 invalid-encoding", "400 invalid-form");

    @Test
    void knowsWhatTheCodeNames() throws IOException {
        Set<String> known =
                ProblemType.ALL.stream()
                        .map(type -> type.problem().status() + " " + type.name())
                        .collect(Collectors.toSet());

        Set<String> named = named();

        assertThat(named).hasSizeGreaterThan(25);
        assertThat(known).containsAll(named);
        assertThat(known).filteredOn(type -> !named.contains(type)).isSubsetOf(BUILT_OTHERWISE);
    }

    @Test
    void hasEachTypeOnce() {
        assertThat(ProblemType.ALL).extracting(ProblemType::name).doesNotHaveDuplicates();
    }

    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.getParent().endsWith("openapi"))
                    .map(ProblemTypeTest::text)
                    .flatMap(text -> NAMED.matcher(text).results())
                    .forEach(match -> named.add(match.group(1) + " " + match.group(2)));
        }
        return named;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
