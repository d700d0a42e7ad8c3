package io.trekpoint.system.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things lie on disk. */
final class Checkout {
    private Checkout() {}

    /** The directory of the parent module. */
    static Path root() {
        String told = System.getProperty("maven.multiModuleProjectDirectory");
        return told == null || told.isBlank()
                ? Path.of("").toAbsolutePath().getParent()
                : Path.of(told);
    }

    /** An empty directory for what a product of that name leaves behind, its logs above all. */
    static Path freshDirectory(String product) {
        Path directory = root().resolve("system-tests/target/product-logs").resolve(product);
        try {
            if (Files.exists(directory)) {
                delete(directory);
            }
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
