package io.trekpoint.control.audit;

import io.trekpoint.lanes.mirror.AuditRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The audit of one data set on this replica's volume: files of {@link AuditLine}s, {@code
 * <epoch>/<first revision, 16 digits>.ndjson}, each of at most a thousand lines. Lines are only
 * ever added, and are on the disk before {@link #last} says so; a line that a crash has cut short
 * is taken away at the next start. One writer; any number of readers.
 */
final class AuditArchive {
    private static final Logger LOG = Logger.getLogger(AuditArchive.class);
    private static final int LINES = 1_000;
    private static final Pattern NAME = Pattern.compile("[0-9]{16}\\.ndjson");

    private final Path directory;
    private final ConcurrentSkipListMap<Long, Path> files = new ConcurrentSkipListMap<>();
    private int linesInLast;
    private volatile Optional<AuditRecord> last = Optional.empty();

    private AuditArchive(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the archive of a data set, which may be empty.
     *
     * @throws IOException when the disk does not take it
     */
    static AuditArchive open(Path directory, String epoch) throws IOException {
        AuditArchive archive = new AuditArchive(directory.resolve(epoch));
        Files.createDirectories(archive.directory);
        try (Stream<Path> listed = Files.list(archive.directory)) {
            listed.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .forEach(file -> archive.files.put(firstRevision(file), file));
        }
        archive.recover();
        return archive;
    }

    /** The newest revision that is on the disk; empty where there is none. */
    Optional<AuditRecord> last() {
        return last;
    }

    /** Whether revisions that old begin here or before. */
    boolean holds(long revision) {
        return last.isPresent()
                && !files.isEmpty()
                && files.firstKey() <= revision
                && revision <= last.get().revision();
    }

    /**
     * Adds revisions, oldest first, and waits until they are on the disk.
     *
     * @throws IOException when the disk does not take them; some may have been added
     */
    void add(List<AuditRecord> revisions) throws IOException {
        int from = 0;
        while (from < revisions.size()) {
            boolean startsFile = files.isEmpty() || linesInLast >= LINES;
            int to = Math.min(revisions.size(), from + LINES - (startsFile ? 0 : linesInLast));
            List<AuditRecord> part = revisions.subList(from, to);
            long first = part.getFirst().revision();
            Path file = startsFile ? directory.resolve(name(first)) : files.lastEntry().getValue();
            write(file, part);
            if (startsFile) {
                files.put(first, file);
                linesInLast = 0;
            }
            linesInLast += part.size();
            last = Optional.of(part.getLast());
            from = to;
        }
    }

    /** Revisions above that one, oldest first: a file of them; none where there are no more. */
    List<AuditRecord> after(long revision) {
        Long first = files.floorKey(revision + 1);
        for (Path file : files.tailMap(first == null ? 0 : first).values()) {
            List<AuditRecord> found =
                    read(file).stream().filter(each -> each.revision() > revision).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Revisions below that one, newest first, at most so many. */
    List<AuditRecord> before(long revision, int limit) {
        List<AuditRecord> found = new ArrayList<>();
        for (Path file : files.headMap(revision).descendingMap().values()) {
            for (AuditRecord each : read(file).reversed()) {
                if (found.size() == limit) {
                    return found;
                }
                if (each.revision() < revision) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** One revision; empty where it is not here. */
    Optional<AuditRecord> find(long revision) {
        Map.Entry<Long, Path> file = files.floorEntry(revision);
        return file == null
                ? Optional.empty()
                : read(file.getValue()).stream().filter(r -> r.revision() == revision).findFirst();
    }

    private void recover() throws IOException {
        while (last.isEmpty() && !files.isEmpty()) {
            Path file = files.lastEntry().getValue();
            cutTornLine(file);
            List<AuditRecord> lines = lines(file, Long.MAX_VALUE);
            if (lines.isEmpty()) {
                Files.delete(file);
                files.pollLastEntry();
            } else {
                linesInLast = lines.size();
                last = Optional.of(lines.getLast());
            }
        }
    }

    private static void cutTornLine(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            LOG.warnf("%s ended within a line, which is cut off", file);
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(end);
            }
        }
    }

    private List<AuditRecord> read(Path file) {
        try {
            return lines(file, last.map(AuditRecord::revision).orElse(0L));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is not a line is left out: the check of the chain finds that something is missing. */
    private static List<AuditRecord> lines(Path file, long upTo) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reader.lines()
                    .flatMap(line -> AuditLine.parse(line).stream())
                    .filter(revision -> revision.revision() <= upTo)
                    .toList();
        }
    }

    private static void write(Path file, List<AuditRecord> revisions) throws IOException {
        StringBuilder text = new StringBuilder();
        revisions.forEach(revision -> text.append(AuditLine.of(revision)).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static String name(long revision) {
        return "%016d.ndjson".formatted(revision);
    }

    private static long firstRevision(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 16));
    }
}
