package io.trekpoint.system.product;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trekpoint.lanes.shared.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** GPX documents to send. */
public final class Gpx {
    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="system tests" xmlns="http://www.topografix.com/GPX/1/1">
            <trk><name>Walk</name><trkseg>
            """;
    private static final String TAIL = "</trkseg></trk></gpx>\n";

    private Gpx() {}

    /** A track of a few points, an hour apart. */
    public static byte[] walk() {
        return track(400);
    }

    /**
     * A track of at least so many bytes.
     *
     * @param bytes the least size
     */
    public static byte[] track(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 256).append(HEAD);
        for (int i = 0; text.length() + TAIL.length() < bytes || i < 3; i++) {
            text.append(
                            "<trkpt lat=\"46.%06d\" lon=\"9.%06d\">"
                                    .formatted(i % 999_983, i % 999_979))
                    .append("<ele>%d.5</ele>".formatted(1_000 + i % 700))
                    .append(
                            "<time>2026-06-%02dT%02d:%02d:00Z</time></trkpt>\n"
                                    .formatted(1 + i / 1_440 % 28, i / 60 % 24, i % 60));
        }
        return text.append(TAIL).toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A spiral of bare points, 40 bytes each: a dear line to thin out, since no leg of it stands
     * for many points.
     *
     * @param bytes the least size
     */
    public static byte[] spiral(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 256).append(HEAD);
        for (int i = 0; text.length() + TAIL.length() < bytes; i++) {
            double radius = 20.0 * i / bytes;
            text.append(
                    "<trkpt lat=\"%.6f\" lon=\"%.6f\"/>\n"
                            .formatted(
                                    46 + radius * Math.sin(i / 50.0),
                                    9 + radius * Math.cos(i / 50.0)));
        }
        return text.append(TAIL).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Text as a document. */
    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same, compressed. */
    public static byte[] gzipped(byte[] document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * A real file. The test that asks is skipped where the data is absent.
     *
     * @param name the path below {@code gpx/}
     */
    public static byte[] real(String name) {
        return read(realPath(name));
    }

    /** The path of a real file, for what wants one. Skips like {@link #real}. */
    public static Path realPath(String name) {
        Path file = SharedData.directory("gpx").resolve(name);
        assumeTrue(Files.isRegularFile(file), "absent from the shared data: gpx/" + name);
        return file;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
