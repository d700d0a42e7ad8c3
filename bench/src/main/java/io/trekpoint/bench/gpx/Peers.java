package io.trekpoint.bench.gpx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of others, as far as they could be had. */
final class Peers {

    private static final String NODE_HEAP = "--max-old-space-size=8192";

    private final Map<String, Path> places = new HashMap<>();
    private final Map<String, String> absent = new HashMap<>();
    private final Path scripts;

    /**
     * Takes what the front door has found.
     *
     * @param words for each peer {@code name=place}, or {@code name!why it cannot be had}
     * @param scripts where the few lines are that use a peer's library
     */
    Peers(List<String> words, Path scripts) {
        this.scripts = scripts;
        for (var word : words) {
            int mark = word.indexOf('=');
            int excuse = word.indexOf('!');
            if (mark >= 0 && (excuse < 0 || mark < excuse)) {
                places.put(word.substring(0, mark), Path.of(word.substring(mark + 1)));
            } else {
                absent.put(word.substring(0, excuse), word.substring(excuse + 1));
            }
        }
    }

    /** Why a peer is not here. */
    String excuse(String name) {
        return absent.getOrDefault(name, "not looked for");
    }

    /** gpsbabel with these arguments; {@code {}} stands for the file. */
    Optional<Command> gpsbabel(String label, String... arguments) {
        return program("gpsbabel")
                .map(program ->
                        new Command(label, 5, words(program.toString(), arguments), Map.of()));
    }

    /** A script over gpxpy, run by the interpreter it was packaged for. */
    Optional<Command> gpxpy(String label, String script) {
        return program("gpxpy")
                .map(root ->
                        new Command(
                                label,
                                2,
                                List.of(python(root), scripts.resolve(script).toString(), "{}"),
                                Map.of(
                                        "PYTHONPATH",
                                        root.resolve("usr/lib/python3/dist-packages").toString())));
    }

    /** A script over togeojson. */
    Optional<Command> togeojson(String label, String script) {
        return program("togeojson")
                .map(modules ->
                        new Command(
                                label,
                                1,
                                List.of(
                                        "node",
                                        NODE_HEAP,
                                        scripts.resolve(script).toString(),
                                        modules.toString(),
                                        "{}"),
                                Map.of()));
    }

    private Optional<Path> program(String name) {
        return Optional.ofNullable(places.get(name));
    }

    private static String python(Path root) {
        return List.of(root.resolve("usr/bin/python3"), Path.of("/usr/bin/python3")).stream()
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("python3");
    }

    private static List<String> words(String first, String... rest) {
        var words = new ArrayList<>(List.of(first));
        words.addAll(List.of(rest));
        return words;
    }
}
