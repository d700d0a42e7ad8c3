package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Encoded polylines by Google's algorithm: one line of text for each segment of each track, then
 * one for each route; empty ones are left out. Latitude comes first. A step across the dateline is
 * the long way round in the numbers, so that a decoder gets the coordinates back as they are.
 */
final class PolylineWriter {

    private static final int BITS = 5;
    private static final int MORE = 1 << BITS;
    private static final int OFFSET = '?';

    private final OutputStream out;
    private final double scale;

    private PolylineWriter(OutputStream out, int precision) {
        this.out = out;
        this.scale = Math.pow(10, precision);
    }

    /**
     * Writes a document.
     *
     * @param precision decimals of a degree, which a decoder must be told
     */
    static void write(GpxDocument document, int precision, OutputStream out) throws IOException {
        var buffered = new BufferedOutputStream(out);
        var writer = new PolylineWriter(buffered, precision);
        for (var track : document.tracks()) {
            for (var segment : track.segments()) {
                writer.line(segment);
            }
        }
        for (var route : document.routes()) {
            writer.line(route.points());
        }
        buffered.flush();
    }

    private void line(Points points) throws IOException {
        if (points.size() == 0) {
            return;
        }
        long lat = 0;
        long lon = 0;
        for (int i = 0; i < points.size(); i++) {
            long nextLat = Math.round(points.lat(i) * scale);
            long nextLon = Math.round(points.lon(i) * scale);
            value(nextLat - lat);
            value(nextLon - lon);
            lat = nextLat;
            lon = nextLon;
        }
        out.write('\n');
    }

    private void value(long difference) throws IOException {
        long rest = difference < 0 ? ~(difference << 1) : difference << 1;
        while (rest >= MORE) {
            out.write((int) ((MORE | (rest & (MORE - 1))) + OFFSET));
            rest >>= BITS;
        }
        out.write((int) (rest + OFFSET));
    }
}
