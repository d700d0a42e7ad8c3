package io.trekpoint.lanes.flag;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * flagd's JSON Schemas with their fixtures, which lie beside a checkout, in a directory named by
 * TREK_SHARED or called {@code shared}. Where there are none, the tests that want them are skipped
 * and say so.
 */
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
        String named = System.getenv("TREK_SHARED");
        Path found = named == null ? beside(Path.of("").toAbsolutePath()) : flagsIn(Path.of(named));
        if (found == null) {
            return abort("skipped: no flagd fixtures; set TREK_SHARED or put ../shared beside");
        }
        return found;
    }

    private static @Nullable Path beside(@Nullable Path checkout) {
        for (Path at = checkout; at != null; at = at.getParent()) {
            Path found = flagsIn(at.resolve("shared"));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path flagsIn(Path shared) {
        Path flags = shared.resolve("flags");
        return Files.isRegularFile(flags.resolve("flags.json")) ? flags : null;
    }
}
