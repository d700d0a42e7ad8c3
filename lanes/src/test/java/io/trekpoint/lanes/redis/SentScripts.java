package io.trekpoint.lanes.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the lanes' scripts have been run by a server. */
public final class SentScripts {
    private static final String SUFFIX = ".lua";

    private SentScripts() {}

    /**
     * The names of those that were.
     *
     * @param directory where the scripts lie
     */
    public static Set<String> of(RedisServer server, Path directory) {
        try (RedisSession session = new RedisSession(server)) {
            return named(directory).stream()
                    .filter(name -> session.numbers("SCRIPT EXISTS " + digest(name)).contains(1L))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The names of all there are. */
    public static Set<String> named(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String name) {
        try {
            byte[] text = Script.load(name).text().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
