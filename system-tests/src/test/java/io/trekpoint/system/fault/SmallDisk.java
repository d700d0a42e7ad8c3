package io.trekpoint.system.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of a few megabytes in memory, mounted at a directory of its own, which can be full. Only
 * root may mount one, and only Linux knows how.
 */
final class SmallDisk implements AutoCloseable {
    private final Path directory;
    private final String refusal;

    private SmallDisk(Path directory, String refusal) {
        this.directory = directory;
        this.refusal = refusal;
    }

    /** Mounts one, or finds that it may not. */
    static SmallDisk mount(int megabytes) {
        try {
            Path directory = Files.createTempDirectory("trek-small-disk-");
            String size = "size=" + megabytes + "m";
            String said = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString());
            SmallDisk disk = new SmallDisk(directory, said);
            Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is there. */
    boolean isMounted() {
        return refusal.isEmpty();
    }

    /** Why it is not there, in the words of the system. */
    String refusal() {
        return refusal;
    }

    /** An empty directory on it. */
    Path directory(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills it until not a byte more goes onto it. */
    void fill() {
        byte[] piece = new byte[4 << 10];
        try (OutputStream out = Files.newOutputStream(filling())) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            if (room() > 0) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Takes away again what it was filled with. */
    void free() {
        try {
            Files.deleteIfExists(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (isMounted()) {
                run("umount", "-l", directory.toString());
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filling() {
        return directory.resolve("filling");
    }

    private long room() {
        return directory.toFile().getUsableSpace();
    }

    /** What a command has said of its failure; empty where it was done. */
    private static String run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            return status == 0 ? "" : command[0] + " ended with " + status + ": " + said.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
