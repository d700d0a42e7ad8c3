package io.trekpoint.worker.gpx.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.write.Dateline.Cut;
import io.trekpoint.worker.gpx.write.Dateline.Piece;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GeoJSON (RFC 7946) in the shape of togeojson: a feature for each track, route and waypoint, in
 * this order; lines of fewer than two points left out, lines across the dateline cut there. What
 * points have beside their position stands in {@code coordinateProperties}, in arrays that run
 * beside the coordinates, with null where a point has none.
 */
public final class GeoJsonWriter {

    private static final Map<Channel, String> ARRAYS =
            new EnumMap<>(
                    Map.of(
                            Channel.HR, "heart",
                            Channel.CAD, "cads",
                            Channel.TEMP, "atemps",
                            Channel.POWER, "powers",
                            Channel.SPEED, "speeds"));
    private static final JsonFactory JSON = VisibleJson.factory();

    private final JsonGenerator json;
    private final char[] digits = new char[Digits.MAX_LENGTH];

    private GeoJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes a document.
     *
     * @param document what to write
     * @param out where to; flushed, not closed
     * @throws IOException if {@code out} fails
     */
    public static void write(GpxDocument document, OutputStream out) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new GeoJsonWriter(json).collection(document);
        }
    }

    private void collection(GpxDocument document) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "FeatureCollection");
        json.writeArrayFieldStart("features");
        for (var track : document.tracks()) {
            line("trk", track.about(), track.segments());
        }
        for (var route : document.routes()) {
            line("rte", route.about(), List.of(route.points()));
        }
        for (int i = 0; i < document.waypoints().size(); i++) {
            waypoint(document.waypoints(), i);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void line(String kind, About about, List<Points> lines) throws IOException {
        var pieces = new ArrayList<Piece>();
        lines.forEach(line -> pieces.addAll(Dateline.pieces(line)));
        if (pieces.isEmpty()) {
            return;
        }
        openFeature();
        json.writeStringField("_gpxType", kind);
        words(about);
        coordinateProperties(pieces);
        openGeometry(pieces.size() == 1 ? "LineString" : "MultiLineString");
        eachPiece(pieces, this::coordinates);
        closeFeature();
    }

    private void waypoint(Points points, int i) throws IOException {
        openFeature();
        words(points.about(i));
        if (points.time(i) != Points.NO_TIME) {
            json.writeFieldName("time");
            time(points.time(i));
        }
        text("sym", points.about(i).symbol());
        openGeometry("Point");
        position(points.lat(i), points.lon(i), points.get(Channel.ELE, i));
        closeFeature();
    }

    private void openFeature() throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("properties");
    }

    private void openGeometry(String type) throws IOException {
        json.writeEndObject();
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", type);
        json.writeFieldName("coordinates");
    }

    private void closeFeature() throws IOException {
        json.writeEndObject();
        json.writeEndObject();
    }

    private void words(About about) throws IOException {
        text("name", about.name());
        text("cmt", about.comment());
        text("desc", about.description());
        text("type", about.type());
        if (!about.links().isEmpty()) {
            json.writeArrayFieldStart("links");
            for (var link : about.links()) {
                link(link);
            }
            json.writeEndArray();
        }
    }

    private void link(Link link) throws IOException {
        json.writeStartObject();
        json.writeStringField("href", link.href());
        text("text", link.text());
        text("type", link.type());
        json.writeEndObject();
    }

    private void text(String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private void coordinateProperties(List<Piece> pieces) throws IOException {
        boolean times = pieces.stream().anyMatch(piece -> piece.points().hasTimes());
        var channels =
                ARRAYS.keySet().stream()
                        .filter(c -> pieces.stream().anyMatch(piece -> piece.points().has(c)))
                        .toList();
        if (!times && channels.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("coordinateProperties");
        if (times) {
            json.writeFieldName("times");
            eachPiece(pieces, piece -> alongside(piece, i -> time(piece.points().time(i))));
        }
        for (var channel : channels) {
            json.writeFieldName(ARRAYS.get(channel));
            eachPiece(
                    pieces, piece -> alongside(piece, i -> number(piece.points().get(channel, i))));
        }
        json.writeEndObject();
    }

    private interface Step<T> {
        void write(T of) throws IOException;
    }

    /** One piece's value stands alone, those of several in an array. */
    private void eachPiece(List<Piece> pieces, Step<Piece> step) throws IOException {
        if (pieces.size() == 1) {
            step.write(pieces.get(0));
            return;
        }
        json.writeStartArray();
        for (var piece : pieces) {
            step.write(piece);
        }
        json.writeEndArray();
    }

    private void alongside(Piece piece, Step<Integer> value) throws IOException {
        json.writeStartArray();
        if (piece.before() != null) {
            json.writeNull();
        }
        for (int i = piece.from(); i < piece.to(); i++) {
            value.write(i);
        }
        if (piece.after() != null) {
            json.writeNull();
        }
        json.writeEndArray();
    }

    private void coordinates(Piece piece) throws IOException {
        json.writeStartArray();
        cut(piece.before());
        var points = piece.points();
        for (int i = piece.from(); i < piece.to(); i++) {
            position(points.lat(i), points.lon(i), points.get(Channel.ELE, i));
        }
        cut(piece.after());
        json.writeEndArray();
    }

    private void cut(@Nullable Cut cut) throws IOException {
        if (cut != null) {
            position(cut.lat(), cut.lon(), cut.ele());
        }
    }

    private void position(double lat, double lon, double ele) throws IOException {
        json.writeStartArray();
        number(lon);
        number(lat);
        if (!Double.isNaN(ele)) {
            number(ele);
        }
        json.writeEndArray();
    }

    private void number(double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(digits, 0, Digits.decimal(value, digits, 0));
        }
    }

    private void time(long time) throws IOException {
        if (time == Points.NO_TIME) {
            json.writeNull();
        } else {
            json.writeString(digits, 0, Digits.time(time, digits, 0));
        }
    }
}
