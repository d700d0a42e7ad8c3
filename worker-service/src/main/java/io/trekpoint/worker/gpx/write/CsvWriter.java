package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Invisible;
import io.trekpoint.worker.gpx.document.Points;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row for each point (RFC 4180, UTF-8): waypoints, then tracks, then routes. {@code line} and
 * {@code segment} count from 1 within their kind. Where a spreadsheet would take a text for a
 * formula, at its beginning or after what it may take for the end of a cell, an apostrophe is put
 * before; what cannot be seen is written as <code>&#92;uXXXX</code>. Readings that no point has get
 * no column.
 */
final class CsvWriter {

    private record Reading(Channel channel, String column) {}

    private static final List<Reading> READINGS =
            List.of(
                    new Reading(Channel.HR, "hr"),
                    new Reading(Channel.CAD, "cad"),
                    new Reading(Channel.TEMP, "temp"),
                    new Reading(Channel.POWER, "power"),
                    new Reading(Channel.SPEED, "speed"));
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";
    private static final String CELL_END = ",;\n\"";

    private final Writer out;
    private final GpxDocument document;
    private final List<Reading> readings;
    private final char[] digits = new char[Digits.MAX_LENGTH];

    private CsvWriter(GpxDocument document, Writer out) {
        this.document = document;
        this.out = out;
        this.readings = READINGS.stream().filter(reading -> isUsed(reading.channel())).toList();
    }

    static void write(GpxDocument document, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        new CsvWriter(document, writer).write();
        writer.flush();
    }

    private boolean isUsed(Channel channel) {
        return document.waypoints().has(channel)
                || document.routes().stream().anyMatch(route -> route.points().has(channel))
                || document.tracks().stream()
                        .flatMap(track -> track.segments().stream())
                        .anyMatch(segment -> segment.has(channel));
    }

    private void write() throws IOException {
        out.write("kind,line,segment,lineName,name,lat,lon,ele,time");
        for (var reading : readings) {
            out.write(',');
            out.write(reading.column());
        }
        out.write("\r\n");
        rows("waypoint,,,", document.waypoints());
        int line = 0;
        for (var track : document.tracks()) {
            line++;
            int segment = 0;
            for (var points : track.segments()) {
                segment++;
                rows("track,%d,%d,%s".formatted(line, segment, text(track.about().name())), points);
            }
        }
        line = 0;
        for (var route : document.routes()) {
            line++;
            rows("route,%d,,%s".formatted(line, text(route.about().name())), route.points());
        }
    }

    private void rows(String opening, Points points) throws IOException {
        for (int i = 0; i < points.size(); i++) {
            out.write(opening);
            out.write(',');
            out.write(text(points.about(i).name()));
            number(points.lat(i));
            number(points.lon(i));
            number(points.get(Channel.ELE, i));
            out.write(',');
            if (points.time(i) != Points.NO_TIME) {
                out.write(digits, 0, Digits.time(points.time(i), digits, 0));
            }
            for (var reading : readings) {
                number(points.get(reading.channel(), i));
            }
            out.write("\r\n");
        }
    }

    private void number(double value) throws IOException {
        out.write(',');
        if (!Double.isNaN(value)) {
            out.write(digits, 0, Digits.decimal(value, digits, 0));
        }
    }

    /** A text as a field; empty for none. */
    private static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        var field = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (FORMULA.indexOf(c) >= 0 && (i == 0 || CELL_END.indexOf(value.charAt(i - 1)) >= 0)) {
                field.append('\'');
            }
            if (c == '"') {
                field.append("\"\"");
            } else if ((c < ' ' && c != '\n') || Invisible.is(c)) {
                field.append("\\u%04x".formatted((int) c));
            } else {
                field.append(c);
            }
        }
        return field.append('"').toString();
    }
}
