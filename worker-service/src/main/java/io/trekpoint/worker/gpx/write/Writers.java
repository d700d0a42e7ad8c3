package io.trekpoint.worker.gpx.write;

import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.lanes.gpx.Writing.Include;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Columns;
import io.trekpoint.worker.gpx.document.GpxDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Writes a document as it was asked for. The same document and wishes give the same bytes. */
public final class Writers {

    private static final Map<Include, Channel> READINGS =
            new EnumMap<>(
                    Map.of(
                            Include.HR, Channel.HR,
                            Include.CAD, Channel.CAD,
                            Include.TEMP, Channel.TEMP,
                            Include.POWER, Channel.POWER));

    private Writers() {}

    /**
     * Writes a document. Coordinates are rounded; what is not included is left out.
     *
     * @param document what to write
     * @param writing how
     * @param out where to; flushed, not closed
     * @throws IOException if {@code out} fails
     */
    public static void write(GpxDocument document, Writing writing, OutputStream out)
            throws IOException {
        var asked = document.without(leftOut(writing.include()));
        if (writing.to() == Target.POLYLINE) {
            PolylineWriter.write(asked, writing.precision(), out);
            return;
        }
        var rounded = asked.map(points -> points.rounded(writing.precision()));
        switch (writing.to()) {
            case GEOJSON -> GeoJsonWriter.write(rounded, out);
            case KML -> KmlWriter.write(rounded, out);
            case TCX -> TcxWriter.write(rounded, out);
            case CSV -> CsvWriter.write(rounded, out);
            case GPX11 -> Gpx11Writer.write(rounded, out);
            case POLYLINE -> throw new IllegalStateException("written above");
        }
    }

    private static Columns leftOut(Set<Include> included) {
        var channels = EnumSet.noneOf(Channel.class);
        READINGS.forEach((include, channel) -> {
            if (!included.contains(include)) {
                channels.add(channel);
            }
        });
        return new Columns(
                channels, !included.contains(Include.TIME), !included.contains(Include.EXTENSIONS));
    }
}
