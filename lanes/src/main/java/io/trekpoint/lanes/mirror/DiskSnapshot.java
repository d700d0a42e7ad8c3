package io.trekpoint.lanes.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The snapshot on disk: {@code control-state.json}, which reads {@code {"sha256":"…","state":…}}
 * with the digest of the state's bytes as they stand there. Replaced by an atomic rename, so that a
 * reader finds the old one or the new one and never half of one. Readable by its owner alone, since
 * it has hashes of secrets.
 */
final class DiskSnapshot {
    private static final Logger LOG = Logger.getLogger(DiskSnapshot.class);
    private static final String NAME = "control-state.json";
    private static final String ASIDE = NAME + ".damaged";
    private static final int LARGEST_BYTES = 32 * 1024 * 1024;
    private static final String OPENING = "{\"sha256\":\"";
    private static final String MIDDLE = "\",\"state\":";
    private static final int DIGEST_LENGTH = 64;
    private static final int STATE_AT = OPENING.length() + DIGEST_LENGTH + MIDDLE.length();

    private final Path directory;
    private final Path file;
    private final Path aside;
    private volatile boolean damagedInPlace;

    DiskSnapshot(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
        this.aside = directory.resolve(ASIDE);
    }

    /**
     * The state as it was written; empty where there is no file, or none that can be trusted. That
     * one is set aside, where no later state replaces it.
     */
    Optional<Fill> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            return Optional.of(
                    StateDocument.decode(
                            EntryCodec.parse("snapshot", verified(bytes)), ControlState.UNKNOWN));
        } catch (IOException | UnreadableException e) {
            LOG.errorf("the snapshot %s is set aside: %s", file, e.getMessage());
            setAside();
            return Optional.empty();
        }
    }

    /**
     * The file that could not be trusted, now or at an earlier start; empty where there is none.
     */
    Optional<Path> damaged() {
        if (Files.exists(aside)) {
            return Optional.of(aside);
        }
        return damagedInPlace ? Optional.of(file) : Optional.empty();
    }

    private void setAside() {
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            damagedInPlace = true;
            LOG.errorf("the snapshot %s stays where it is: %s", file, e.toString());
        }
    }

    /**
     * Replaces the snapshot.
     *
     * @throws IOException when the disk does not take it; what was there stays
     */
    void write(ControlSnapshot snapshot) throws IOException {
        byte[] state = StateDocument.bytes(snapshot);
        if (state.length + STATE_AT + 1 > LARGEST_BYTES) {
            throw new IOException("the state is larger than " + LARGEST_BYTES + " bytes");
        }
        Files.createDirectories(directory);
        Path draft = directory.resolve(NAME + ".draft");
        Files.deleteIfExists(draft);
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            writeAll(channel, OPENING + digest(state, 0, state.length) + MIDDLE);
            writeAll(channel, ByteBuffer.wrap(state));
            writeAll(channel, "}");
            channel.force(true);
        }
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String verified(byte[] bytes) throws IOException {
        if (bytes.length > LARGEST_BYTES) {
            throw new IOException("larger than " + LARGEST_BYTES + " bytes");
        }
        int length = bytes.length - STATE_AT - 1;
        if (length < 0) {
            throw new IOException("cut short");
        }
        String head = new String(bytes, 0, STATE_AT, StandardCharsets.US_ASCII);
        String digest = digest(bytes, STATE_AT, length);
        if (!head.equals(OPENING + digest + MIDDLE)) {
            throw new IOException("its digest does not match its content");
        }
        return new String(bytes, STATE_AT, length, StandardCharsets.UTF_8);
    }

    private static void writeAll(FileChannel channel, String text) throws IOException {
        writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String digest(byte[] bytes, int from, int length) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, from, length);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
