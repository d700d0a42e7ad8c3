package io.trekpoint.worker.gpx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.trekpoint.lanes.gpx.AscentMethod;
import io.trekpoint.lanes.gpx.GpxTaskJson;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Box;
import io.trekpoint.worker.gpx.measure.Stats;
import io.trekpoint.worker.gpx.read.Finding;
import io.trekpoint.worker.gpx.read.Validation;
import io.trekpoint.worker.gpx.read.Warning;
import io.trekpoint.worker.gpx.write.VisibleJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as JSON, field by field, so that a native image needs no word about its types. What is
 * absent is left out; times are RFC 3339 in UTC; measured numbers keep four decimals. However many
 * lines the file has, the text stays below 256 KiB: names are cut at 200 characters, and after 120
 * tracks, routes and segments {@code data.omitted} counts the rest. Markup and what cannot be seen
 * is escaped.
 */
public final class ResultJson {

    private static final JsonFactory JSON = VisibleJson.factory();
    private static final int MOST_LINES = 120;
    private static final int LONGEST_TEXT = 200;

    private final JsonGenerator json;
    private final int most;
    private int written;
    private int omitted;

    private ResultJson(JsonGenerator json, int most) {
        this.json = json;
        this.most = most;
    }

    /**
     * Writes what a job found out as an output of its own, whole however many lines the file has.
     *
     * @param data what it found out
     * @param out where to; flushed, not closed
     * @throws IOException if {@code out} fails
     */
    static void writeData(GpxResult.Data data, OutputStream out) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new ResultJson(json, Integer.MAX_VALUE).data(data);
        }
    }

    /**
     * Writes a job's result.
     *
     * @param result the result
     * @return a JSON object
     */
    public static String text(GpxResult result) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            new ResultJson(json, MOST_LINES).result(result);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return text.toString();
    }

    private void result(GpxResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", result.type().label());
        json.writeStringField("engineVersion", result.engineVersion());
        if (result.inputs().size() == 1) {
            json.writeFieldName("input");
            input(result.inputs().getFirst());
        } else {
            json.writeArrayFieldStart("inputs");
            for (var one : result.inputs()) {
                input(one);
            }
            json.writeEndArray();
        }
        counts(result.counts());
        warnings(result.warnings());
        var output = result.output();
        json.writeObjectFieldStart("output");
        json.writeStringField("mediaType", output.mediaType());
        json.writeNumberField("bytes", output.bytes());
        json.writeStringField("sha256", output.sha256());
        json.writeEndObject();
        if (!result.data().equals(GpxResult.Data.NONE)) {
            json.writeFieldName("data");
            data(result.data());
        }
        json.writeEndObject();
    }

    private void input(GpxResult.Input input) throws IOException {
        json.writeStartObject();
        json.writeNumberField("bytes", input.bytes());
        json.writeStringField("sha256", input.sha256());
        text("gpxVersion", input.gpxVersion());
        text("creator", input.creator());
        json.writeEndObject();
    }

    private void counts(GpxResult.Counts counts) throws IOException {
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
            if (warning.firstLine() > 0) {
                json.writeNumberField("firstLine", warning.firstLine());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void data(GpxResult.Data data) throws IOException {
        json.writeStartObject();
        if (data.measures() != null) {
            measures(data.measures());
        }
        if (data.report() != null) {
            report(data.report());
        }
        var thinned = data.thinned();
        if (thinned != null) {
            json.writeObjectFieldStart("simplified");
            json.writeNumberField("before", thinned.before());
            json.writeNumberField("after", thinned.after());
            number("greatestErrorM", thinned.greatestErrorM());
            json.writeEndObject();
        }
        var removed = data.removed();
        if (removed != null) {
            json.writeObjectFieldStart("removed");
            json.writeNumberField("points", removed.points());
            json.writeNumberField("waypoints", removed.waypoints());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void measures(GpxResult.Measures measures) throws IOException {
        json.writeFieldName("total");
        stats(measures.total());
        lines("tracks", measures.tracks());
        lines("routes", measures.routes());
        if (omitted > 0) {
            json.writeNumberField("omitted", omitted);
        }
        method(measures.method());
    }

    private void report(Validation.Report report) throws IOException {
        json.writeBooleanField("valid", report.valid());
        json.writeStringField("version", GpxTaskJson.label(report.version()));
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            json.writeStartObject();
            json.writeStringField("code", finding.code().name());
            json.writeNumberField("line", finding.line());
            json.writeNumberField("column", finding.column());
            json.writeStringField("message", finding.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (report.more() > 0) {
            json.writeNumberField("more", report.more());
        }
    }

    private void lines(String field, List<GpxResult.Line> lines) throws IOException {
        json.writeArrayFieldStart(field);
        for (var line : lines) {
            if (!hasRoom()) {
                continue;
            }
            json.writeStartObject();
            text("name", line.name());
            json.writeFieldName("total");
            stats(line.total());
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
        if (written == most) {
            omitted++;
            return false;
        }
        written++;
        return true;
    }

    private void method(Measuring method) throws IOException {
        json.writeObjectFieldStart("method");
        json.writeStringField("distance", GpxTaskJson.label(method.distance()));
        json.writeStringField("ascent", GpxTaskJson.label(method.ascent()));
        if (method.ascent() == AscentMethod.HYSTERESIS) {
            number("thresholdM", method.thresholdM());
        }
        json.writeObjectFieldStart("moving");
        number("minKmh", method.minKmh());
        number("minStopS", method.minStopS());
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
        number("stoppedM", stats.stoppedM());
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
