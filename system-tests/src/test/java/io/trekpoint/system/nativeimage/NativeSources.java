package io.trekpoint.system.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code native-image} would be given for one service: the runner jar with the configuration
 * that Quarkus wrote into it, and the jars of ours in {@code lib}, with what they bring in their
 * own {@code META-INF/native-image}. Configuration of other libraries is not read: it says nothing
 * of ours.
 */
final class NativeSources {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> reflection = new HashSet<>();
    private final Set<Predicate<String>> resources = new HashSet<>();
    private final Path lanes;

    private NativeSources(Path directory) throws IOException {
        for (Path jar : jars(directory, "*-runner.jar")) {
            readConfiguration(jar);
        }
        lanes = jars(directory.resolve("lib"), "io.trekpoint.lanes-*.jar").getFirst();
        for (Path jar : jars(directory.resolve("lib"), "io.trekpoint.*.jar")) {
            readConfiguration(jar);
        }
    }

    /**
     * Reads a {@code native-sources} directory.
     *
     * @throws UncheckedIOException if it is not one: a jar is missing or unreadable
     */
    static NativeSources read(Path directory) {
        try {
            return new NativeSources(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether Jackson would find the constructors, methods and fields of a class in the image. */
    boolean reflects(Class<?> type) {
        return reflection.contains(type.getName());
    }

    /** Whether a class path resource would be in the image. */
    boolean includes(String resource) {
        return resources.stream().anyMatch(it -> it.test(resource));
    }

    /** A text resource of {@code lanes} as the image would get it; empty if the jar has none. */
    String resourceOfLanes(String resource) {
        try (var jar = new JarFile(lanes.toFile())) {
            JarEntry entry = jar.getJarEntry(resource);
            if (entry == null) {
                return "";
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readConfiguration(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            List<JarEntry> files =
                    jar.stream()
                            .filter(entry ->
                                    entry.getName().matches("META-INF/native-image/.*\\.json"))
                            .toList();
            for (JarEntry file : files) {
                try (InputStream in = jar.getInputStream(file)) {
                    JsonNode configuration = JSON.readTree(in);
                    switch (file.getName().substring(file.getName().lastIndexOf('/') + 1)) {
                        case "reflect-config.json" -> readReflection(configuration, "name");
                        case "resource-config.json" ->
                                readPatterns(configuration.at("/resources/includes"));
                        case "reachability-metadata.json" -> {
                            readReflection(configuration.path("reflection"), "type");
                            readGlobs(configuration.path("resources"));
                        }
                        default -> {}
                    }
                }
            }
        }
    }

    private void readReflection(JsonNode entries, String name) {
        for (JsonNode entry : entries) {
            if (entry.path("allDeclaredConstructors").asBoolean()
                    && entry.path("allDeclaredMethods").asBoolean()
                    && entry.path("allDeclaredFields").asBoolean()) {
                reflection.add(entry.path(name).asText());
            }
        }
    }

    private void readPatterns(JsonNode includes) {
        for (JsonNode include : includes) {
            resources.add(Pattern.compile(include.path("pattern").asText()).asMatchPredicate());
        }
    }

    private void readGlobs(JsonNode entries) {
        for (JsonNode entry : entries) {
            var glob =
                    FileSystems.getDefault().getPathMatcher("glob:" + entry.path("glob").asText());
            resources.add(resource -> glob.matches(Path.of(resource)));
        }
    }

    private static List<Path> jars(Path directory, String glob) throws IOException {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found =
                    files.filter(it -> matcher.matches(it.getFileName())).sorted().toList();
            if (found.isEmpty()) {
                throw new IOException("no " + glob + " in " + directory);
            }
            return found;
        }
    }
}
