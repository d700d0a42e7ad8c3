package io.trekpoint.system.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code deploy/base} as Kubernetes would get it: rendered by {@code kubectl kustomize} where there
 * is a kubectl, else the resource files as they stand, without what Kustomize adds to them (labels,
 * and the config maps, which {@link #configMaps} reads from their sources in either case).
 */
record Kustomization(Path base) {

    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    /**
     * Finds {@code deploy/base} in the working directory or the nearest directory above that has
     * it.
     */
    static Kustomization find() {
        return Stream.iterate(Path.of("").toAbsolutePath(), dir -> dir != null, Path::getParent)
                .map(dir -> dir.resolve("deploy/base"))
                .filter(dir -> Files.exists(dir.resolve("kustomization.yaml")))
                .findFirst()
                .map(Kustomization::new)
                .orElseThrow(() ->
                        new IllegalStateException("no deploy/base above the working directory"));
    }

    /** Every document, in no order that matters. */
    List<JsonNode> documents() {
        if (kubectlIsOnThePath()) {
            return parse(rendered());
        }
        return listed("resources").map(this::text).flatMap(yaml -> parse(yaml).stream()).toList();
    }

    /** The non-secret variables: the name of each generated config map with what it holds. */
    Map<String, Map<String, String>> configMaps() {
        var maps = new TreeMap<String, Map<String, String>>();
        for (JsonNode generator : manifest().path("configMapGenerator")) {
            var variables = new TreeMap<String, String>();
            generator.path("envs").forEach(file -> variables.putAll(variablesOf(file.asText())));
            maps.put(generator.path("name").asText(), variables);
        }
        return maps;
    }

    /** The files of the base as text, by name. */
    Map<String, String> files() {
        try (Stream<Path> files = Files.list(base)) {
            var texts = new TreeMap<String, String>();
            files.map(Path::getFileName)
                    .map(Path::toString)
                    .forEach(name -> texts.put(name, text(name)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a file beside the base, such as {@code examples/ingress.yaml}. */
    List<JsonNode> beside(String file) {
        return parse(text("../" + file));
    }

    JsonNode manifest() {
        return parse(text("kustomization.yaml")).getFirst();
    }

    private Stream<String> listed(String field) {
        var names = new ArrayList<String>();
        manifest().path(field).forEach(name -> names.add(name.asText()));
        return names.stream();
    }

    private Map<String, String> variablesOf(String file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(base.resolve(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var variables = new TreeMap<String, String>();
        properties
                .stringPropertyNames()
                .forEach(name -> variables.put(name, properties.getProperty(name)));
        return variables;
    }

    private String text(String file) {
        try {
            return Files.readString(base.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rendered() {
        try {
            var kubectl =
                    new ProcessBuilder("kubectl", "kustomize", base.toString())
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize refused the base: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean kubectlIsOnThePath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "kubectl")));
    }
}
