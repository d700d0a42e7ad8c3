package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Points;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts lines where they cross the dateline, as RFC 7946 asks. */
final class Dateline {

    /** A point put in on the dateline itself; elevation NaN where its neighbours have none. */
    record Cut(double lat, double lon, double ele) {}

    /** A stretch of a line, points {@code from} to {@code to - 1}, with the cuts at its ends. */
    record Piece(Points points, int from, int to, @Nullable Cut before, @Nullable Cut after) {

        int coordinates() {
            return to - from + (before == null ? 0 : 1) + (after == null ? 0 : 1);
        }
    }

    private Dateline() {}

    /** The pieces of two coordinates or more, in order: one for a line that does not cross. */
    static List<Piece> pieces(Points line) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        Cut before = null;
        for (int i = 1; i < line.size(); i++) {
            double step = line.lon(i) - line.lon(i - 1);
            if (Math.abs(step) > 180) {
                double edge = step < 0 ? 180 : -180;
                double onwards = step < 0 ? step + 360 : step - 360;
                double share = onwards == 0 ? 0 : (edge - line.lon(i - 1)) / onwards;
                addPiece(
                        pieces,
                        line,
                        from,
                        i,
                        before,
                        share > 0 ? cut(line, i, share, edge) : null);
                before = share < 1 && onwards != 0 ? cut(line, i, share, -edge) : null;
                from = i;
            }
        }
        addPiece(pieces, line, from, line.size(), before, null);
        return pieces;
    }

    private static void addPiece(
            List<Piece> pieces,
            Points line,
            int from,
            int to,
            @Nullable Cut before,
            @Nullable Cut after) {
        var piece = new Piece(line, from, to, before, after);
        if (piece.coordinates() >= 2) {
            pieces.add(piece);
        }
    }

    /** The place a share of the way from the point before to point {@code i}. */
    private static Cut cut(Points line, int i, double share, double lon) {
        double lat = line.lat(i - 1) + share * (line.lat(i) - line.lat(i - 1));
        double eleBefore = line.get(Channel.ELE, i - 1);
        double ele = eleBefore + share * (line.get(Channel.ELE, i) - eleBefore);
        return new Cut(lat, lon, ele);
    }
}
