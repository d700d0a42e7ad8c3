package io.trekpoint.api.auth;

import io.trekpoint.lanes.client.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What verifies tokens, as it was in a file of this process when that could last be read. One
 * thread reads, any may ask.
 */
final class TokenKeyFile {
    private static final int LARGEST_BYTES = 256 * 1024;

    private final Optional<Path> path;
    private volatile @Nullable String content;

    /** Is to be read from a path; empty where this process has none. */
    TokenKeyFile(Optional<Path> path) {
        this.path = path;
    }

    /** A public key as PEM, or a key set; empty where it was never read. */
    Optional<String> content() {
        return Optional.ofNullable(content);
    }

    /**
     * Reads it again.
     *
     * @throws IOException where there is none, or it holds neither; what was read before stays
     */
    void read() throws IOException {
        Path file =
                path.orElseThrow(
                        () -> new NoSuchFileException("TREK_GATEWAY_JWT_KEY_FILE is not set"));
        if (Files.size(file) > LARGEST_BYTES) {
            throw new IOException(file + " has more than " + LARGEST_BYTES + " bytes");
        }
        String text = Files.readString(file).strip();
        content = text.startsWith("{") ? JsonKeySet.checked(text) : pem(text);
    }

    private static String pem(String text) throws IOException {
        if (TokenKey.of(text).filter(key -> key instanceof TokenKey.Pem).isEmpty()) {
            throw new IOException(
                    "it holds neither a key set nor a public key as PEM that is long enough");
        }
        return text;
    }
}
