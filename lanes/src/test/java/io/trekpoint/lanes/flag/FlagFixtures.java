package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trekpoint.lanes.shared.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** flagd's JSON Schemas with their fixtures, of the {@link SharedData}. */
public final class FlagFixtures {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private FlagFixtures() {}

    /** Names of the fixtures in a directory, as in {@code test/flags/positive}. */
    public static List<String> names(String directory) {
        try (var files = Files.list(root().resolve(directory))) {
            return files.map(file -> directory + "/" + file.getFileName()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One fixture, or one schema. */
    public static JsonNode json(String name) {
        try {
            return JSON.readTree(root().resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return SharedData.directory("flags");
    }
}
