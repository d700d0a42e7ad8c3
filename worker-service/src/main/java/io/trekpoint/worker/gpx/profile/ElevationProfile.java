package io.trekpoint.worker.gpx.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.worker.gpx.document.GpxDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The elevation profile of a file, and a thumbnail of its line. No font, no script, no reference to
 * anything outside: a drawing is shapes and numbers alone. The same file and wishes give the same
 * bytes.
 */
public final class ElevationProfile {

    private static final JsonFactory JSON = new JsonFactory();

    private final Relief relief;
    private final Thumbnail thumbnail;
    private final GpxTask.Profile wanted;

    private ElevationProfile(GpxDocument document, GpxTask.Profile wanted) {
        var lines = Relief.lines(document);
        this.wanted = wanted;
        this.relief = Relief.of(lines).smoothed(wanted.smoothingM()).thinned(wanted.width());
        this.thumbnail = Thumbnail.of(lines, wanted.height());
    }

    /**
     * Draws a file as it was asked for.
     *
     * @param document the file
     * @param wanted size, smoothing and form
     * @param out where to; flushed, not closed
     * @return whether there were elevations to draw; where not, the profile is empty
     * @throws IOException if {@code out} fails
     */
    public static boolean write(GpxDocument document, GpxTask.Profile wanted, OutputStream out)
            throws IOException {
        var profile = new ElevationProfile(document, wanted);
        switch (wanted.form()) {
            case SVG -> profile.svg(out);
            case JSON -> profile.json(out);
        }
        return profile.relief.size() > 0;
    }

    /** The profile, {@code width × height}, and right of it the thumbnail, a square. */
    private void svg(OutputStream out) throws IOException {
        var svg = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        int all = wanted.width() + wanted.height();
        svg.write(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
                        .formatted(all, wanted.height(), all, wanted.height()));
        curve(svg);
        svg.write(
                "<g id=\"thumbnail\" transform=\"translate(%d 0)\" fill=\"none\" stroke=\"#c0392b\" stroke-width=\"2\" stroke-linejoin=\"round\">\n"
                        .formatted(wanted.width()));
        for (var line : thumbnail.lines()) {
            svg.write("<polyline points=\"");
            for (int i = 0; i < line.length; i += 2) {
                svg.write(i == 0 ? "" : " ");
                svg.write(tenth(line[i]) + "," + tenth(line[i + 1]));
            }
            svg.write("\"/>\n");
        }
        svg.write("</g>\n</svg>\n");
        svg.flush();
    }

    private void curve(Writer svg) throws IOException {
        svg.write("<g id=\"profile\"");
        if (relief.size() == 0) {
            svg.write("/>\n");
            return;
        }
        svg.write(
                " data-length-m=\"%s\" data-ele-min-m=\"%s\" data-ele-max-m=\"%s\">\n"
                        .formatted(
                                tenth(relief.lengthM()),
                                tenth(relief.lowest()),
                                tenth(relief.highest())));
        double lowest = relief.lowest();
        double rise = Math.max(1, relief.highest() - lowest);
        double length = Math.max(1, relief.lengthM());
        var path = new StringBuilder();
        for (int i = 0; i < relief.size(); i++) {
            double x = relief.distanceM(i) / length * wanted.width();
            double share = (relief.elevationM(i) - lowest) / rise;
            double y = wanted.height() * (0.95 - 0.9 * share);
            path.append(i == 0 ? "M" : " L").append(tenth(x)).append(' ').append(tenth(y));
        }
        svg.write(
                "<path fill=\"none\" stroke=\"#2c6e49\" stroke-width=\"1.5\" d=\""
                        + path
                        + "\"/>\n");
        svg.write("</g>\n");
    }

    private void json(OutputStream out) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeNumberField("lengthM", tenths(relief.lengthM()));
            if (relief.size() > 0) {
                json.writeNumberField("eleMinM", tenths(relief.lowest()));
                json.writeNumberField("eleMaxM", tenths(relief.highest()));
            }
            json.writeArrayFieldStart("profile");
            for (int i = 0; i < relief.size(); i++) {
                json.writeStartArray();
                json.writeNumber(tenths(relief.distanceM(i)));
                json.writeNumber(tenths(relief.elevationM(i)));
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("thumbnail");
            json.writeNumberField("side", thumbnail.side());
            json.writeArrayFieldStart("lines");
            for (var line : thumbnail.lines()) {
                json.writeStartArray();
                for (int i = 0; i < line.length; i += 2) {
                    json.writeStartArray();
                    json.writeNumber(line[i]);
                    json.writeNumber(line[i + 1]);
                    json.writeEndArray();
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static double tenths(double value) {
        return Math.rint(value * 10) / 10;
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
