package io.trekpoint.bench.gpx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code ./trek bench gpx}: makes the files, lets everyone run, writes the tables. */
public final class GpxBench {

    private static final int ROUNDS = 5;

    private GpxBench() {}

    /**
     * Measures.
     *
     * @param args a directory to work in, the file to write to, the directory of the peers' scripts,
     *     and for each peer {@code name=place} or {@code name!why it cannot be had}; then options:
     *     {@code --rounds n}
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
        var peers = new Peers(words.subList(3, words.size()), Path.of(words.get(2)));
        var files = made(Path.of(words.get(0)));
        var text = new StringBuilder();
        try (var jvm = new WarmJvm()) {
            text.append(new Speed(files, rounds, peers, jvm).markdown());
        }
        Files.writeString(Path.of(words.get(1)), text);
    }

    private static Map<TrackFile, Path> made(Path directory) throws IOException {
        Progress.say("making the files");
        var files = new EnumMap<TrackFile, Path>(TrackFile.class);
        for (var kind : TrackFile.values()) {
            files.put(kind, kind.make(directory));
        }
        return files;
    }
}
