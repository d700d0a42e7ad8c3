package io.trekpoint.worker.gpx;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trekpoint.lanes.shared.SharedData;
import io.trekpoint.worker.gpx.read.GpxSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The real GPX files of the {@link SharedData}, with the numbers that other tools give for them.
 */
public final class RealFiles {

    /** Not well-formed on purpose: elements that are opened twice and never closed. */
    public static final String UNREADABLE = "jpx/GPX_invalid_extensions.gpx";

    /** One of the tools writes NaN where it has no number. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private RealFiles() {}

    /** Names of all readable files, as in {@code jpx/Austria.gpx}. */
    public static List<String> names() {
        Path root = root();
        try (var files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".gpx") && !name.equals(UNREADABLE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file. */
    public static GpxSource source(String name) {
        Path file = root().resolve(name);
        return () -> Files.newInputStream(file);
    }

    /** Numbers that another tool gives for these files, by file name. */
    public static JsonNode expected(String name) {
        try {
            return JSON.readTree(root().resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return SharedData.directory("gpx");
    }
}
