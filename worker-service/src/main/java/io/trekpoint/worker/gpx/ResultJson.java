package io.trekpoint.worker.gpx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Box;
import io.trekpoint.worker.gpx.measure.Method;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.Warning;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as JSON, field by field, so that a native image needs no word about its types. What is
 * absent is left out; times are RFC 3339 in UTC; measured numbers keep four decimals. However many
 * lines the file has, the text stays below 256 KiB: names are cut at 200 characters, and after 250
 * tracks, routes and segments {@code data.omitted} counts the rest.
 */
public final class ResultJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_LINES = 250;
    private static final int LONGEST_TEXT = 200;

    private final JsonGenerator json;
    private int written;
    private int omitted;

    private ResultJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes an export's result.
     *
     * @param result the result
     * @return a JSON object
     */
    public static String text(ExportResult result) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            new ResultJson(json).result(result);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return text.toString();
    }

    private void result(ExportResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", result.type());
        json.writeStringField("engineVersion", result.engineVersion());
        input(result.input());
        counts(result.counts());
        warnings(result.warnings());
        var output = result.output();
        json.writeObjectFieldStart("output");
        json.writeStringField("mediaType", output.mediaType());
        json.writeNumberField("bytes", output.bytes());
        json.writeStringField("sha256", output.sha256());
        json.writeEndObject();
        data(result.data());
        json.writeEndObject();
    }

    private void input(ExportResult.Input input) throws IOException {
        json.writeObjectFieldStart("input");
        json.writeNumberField("bytes", input.bytes());
        json.writeStringField("sha256", input.sha256());
        text("gpxVersion", input.gpxVersion());
        text("creator", input.creator());
        json.writeEndObject();
    }

    private void counts(ExportResult.Counts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("waypoints", counts.waypoints());
        json.writeNumberField("routes", counts.routes());
        json.writeNumberField("tracks", counts.tracks());
        json.writeNumberField("segments", counts.segments());
        json.writeNumberField("points", counts.points());
        json.writeNumberField("dropped", counts.dropped());
        json.writeEndObject();
    }

    private void warnings(List<Warning> warnings) throws IOException {
        json.writeArrayFieldStart("warnings");
        for (var warning : warnings) {
            json.writeStartObject();
            json.writeStringField("code", warning.code().name());
            json.writeNumberField("count", warning.count());
            json.writeNumberField("firstLine", warning.firstLine());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void data(ExportResult.Data data) throws IOException {
        json.writeObjectFieldStart("data");
        json.writeFieldName("total");
        stats(data.total());
        lines("tracks", data.tracks());
        lines("routes", data.routes());
        if (omitted > 0) {
            json.writeNumberField("omitted", omitted);
        }
        method(data.method());
        json.writeEndObject();
    }

    private void lines(String field, List<ExportResult.Line> lines) throws IOException {
        json.writeArrayFieldStart(field);
        for (var line : lines) {
            if (!hasRoom()) {
                continue;
            }
            json.writeStartObject();
            text("name", line.name());
            json.writeArrayFieldStart("segments");
            for (var segment : line.segments()) {
                if (hasRoom()) {
                    stats(segment);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Whether one more line or segment may be written; counts those that may not. */
    private boolean hasRoom() {
        if (written == MOST_LINES) {
            omitted++;
            return false;
        }
        written++;
        return true;
    }

    private void method(Method method) throws IOException {
        json.writeObjectFieldStart("method");
        json.writeStringField("distance", method.distance());
        json.writeStringField("ascent", method.ascent());
        number("ascentThresholdM", method.ascentThresholdM());
        json.writeObjectFieldStart("moving");
        number("minKmh", method.movingMinKmh());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void stats(Stats stats) throws IOException {
        json.writeStartObject();
        json.writeNumberField("points", stats.points());
        number("length2dM", stats.length2dM());
        number("length3dM", stats.length3dM());
        number("ascentM", stats.ascentM());
        number("descentM", stats.descentM());
        number("eleMinM", stats.eleMinM());
        number("eleMaxM", stats.eleMaxM());
        time("startTime", stats.startTime());
        time("endTime", stats.endTime());
        number("elapsedS", stats.elapsedS());
        number("movingS", stats.movingS());
        number("stoppedS", stats.stoppedS());
        number("movingM", stats.movingM());
        number("avgSpeedMps", stats.avgSpeedMps());
        number("maxSpeedMps", stats.maxSpeedMps());
        box(stats.box());
        number("hrAvg", stats.hrAvg());
        number("hrMax", stats.hrMax());
        number("cadAvg", stats.cadAvg());
        json.writeEndObject();
    }

    private void box(@Nullable Box box) throws IOException {
        if (box != null) {
            json.writeArrayFieldStart("bbox");
            json.writeNumber(box.west());
            json.writeNumber(box.south());
            json.writeNumber(box.east());
            json.writeNumber(box.north());
            json.writeEndArray();
        }
    }

    private void text(String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, cut(value));
        }
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }

    private void time(String field, long epochMillis) throws IOException {
        if (epochMillis != Points.NO_TIME) {
            json.writeStringField(field, Instant.ofEpochMilli(epochMillis).toString());
        }
    }

    private void number(String field, double value) throws IOException {
        if (!Double.isNaN(value)) {
            json.writeNumberField(field, Math.rint(value * 10_000) / 10_000);
        }
    }
}
