package io.trekpoint.bench.gpx;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * The made files: a walk over the Alps, a point a second, laid out as the exports of the large
 * platforms are, with a new segment after each 20 000 points. The same bytes on every machine.
 */
enum TrackFile {
    /** Elevation and time. */
    ELE_TIME("ele + time"),
    /** Those, and heart rate and cadence as Garmin's extensions. */
    HR_CAD("with hr, cad"),
    /** Positions alone. */
    BARE("bare points");

    private static final long BYTES = 50L << 20;
    private static final int SEGMENT = 20_000;
    private static final Instant START = Instant.parse("2026-07-01T04:00:00Z");
    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx creator="Trek Point bench" version="1.1" xmlns="http://www.topografix.com/GPX/1/1" \
            xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
             <trk>
              <name>A long walk</name>
              <trkseg>
            """;
    private static final String BETWEEN = "  </trkseg>\n  <trkseg>\n";
    private static final String TAIL = "  </trkseg>\n </trk>\n</gpx>\n";

    private final String label;

    TrackFile(String label) {
        this.label = label;
    }

    /** What is in it, in some words. */
    String label() {
        return label;
    }

    /** Writes the file of 50 MiB, less at most a point. */
    Path make(Path directory) throws IOException {
        return make(directory.resolve(name().toLowerCase(Locale.ROOT) + ".gpx"), BYTES);
    }

    /** Writes a file of so many bytes, less at most a point. */
    Path make(Path file, long bytes) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            var walk = new Walk();
            out.write(HEAD);
            long left = bytes - HEAD.length() - TAIL.length();
            for (int i = 1; ; i++) {
                String next = (i % SEGMENT == 0 ? BETWEEN : "") + point(walk);
                left -= next.length();
                if (left < 0) {
                    break;
                }
                out.write(next);
                walk.step();
            }
            out.write(TAIL);
        }
        return file;
    }

    private String point(Walk walk) {
        String position =
                "   <trkpt lat=\"" + decimal(walk.lat, 7) + "\" lon=\"" + decimal(walk.lon, 7);
        if (this == BARE) {
            return position + "\"/>\n";
        }
        String known =
                position
                        + "\">\n    <ele>"
                        + decimal(walk.ele, 1)
                        + "</ele>\n    <time>"
                        + START.plusSeconds(walk.second)
                        + "</time>\n";
        return (this == HR_CAD ? known + readings(walk) : known) + "   </trkpt>\n";
    }

    private static String readings(Walk walk) {
        return "    <extensions>\n     <gpxtpx:TrackPointExtension>\n      <gpxtpx:hr>"
                + walk.heart
                + "</gpxtpx:hr>\n      <gpxtpx:cad>"
                + walk.cadence
                + "</gpxtpx:cad>\n     </gpxtpx:TrackPointExtension>\n    </extensions>\n";
    }

    private static String decimal(long units, int decimals) {
        return BigDecimal.valueOf(units, decimals).toPlainString();
    }
}
