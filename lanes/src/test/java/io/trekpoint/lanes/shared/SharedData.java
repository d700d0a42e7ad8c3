package io.trekpoint.lanes.shared;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Real data for tests, which is not part of the project: in the directory that TREK_SHARED names,
 * else in one called {@code shared} beside the checkout or further up. Where there is none, the
 * test that asks is skipped and says so.
 */
public final class SharedData {
    private SharedData() {}

    /** One kind of data: {@code gpx}, {@code flags}. */
    public static Path directory(String kind) {
        String named = System.getenv("TREK_SHARED");
        Path found =
                named == null || named.isBlank()
                        ? beside(Path.of("").toAbsolutePath(), kind)
                        : within(Path.of(named), kind);
        if (found == null) {
            return abort(
                    "shared data is absent: set TREK_SHARED, or put a directory shared/%s beside the checkout"
                            .formatted(kind));
        }
        return found;
    }

    private static @Nullable Path beside(@Nullable Path checkout, String kind) {
        for (Path at = checkout; at != null; at = at.getParent()) {
            Path found = within(at.resolve("shared"), kind);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path within(Path shared, String kind) {
        Path directory = shared.resolve(kind);
        return Files.isDirectory(directory) ? directory : null;
    }
}
