package io.trekpoint.worker.gpx.simplify;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import java.util.ArrayList;
import java.util.List;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;

/** How far what was left out is from what replaces it, by the geodesics of GeographicLib alone. */
final class GreatestError {

    private static final int ROUNDS = 60;

    /** An estimate by plane trigonometry is not wrong by more, on legs of some kilometres. */
    private static final double ESTIMATE = 0.9;

    /** A reading that no file here has, to tell apart points of the same place. */
    private static final Channel NUMBER = Channel.AGE_OF_DGPS;

    private double greatest;

    private GreatestError() {}

    /**
     * The same file with its points numbered, so that they are known again when others are gone.
     */
    static GpxDocument numbered(GpxDocument document) {
        return document.map(line -> {
            var numbered = new Points();
            for (int i = 0; i < line.size(); i++) {
                numbered.addFrom(line, i);
                numbered.set(NUMBER, i);
            }
            return numbered;
        });
    }

    /** Metres, over all lines of a file with its points numbered. */
    static double of(GpxDocument before, GpxDocument after) {
        var error = new GreatestError();
        var thick = lines(before);
        var thin = lines(after);
        for (int i = 0; i < thick.size(); i++) {
            error.add(thick.get(i), thin.get(i));
        }
        return error.greatest;
    }

    /** Metres, of one line. */
    static double of(Points line, Points thin) {
        var error = new GreatestError();
        error.add(line, thin);
        return error.greatest;
    }

    private static List<Points> lines(GpxDocument document) {
        var lines = new ArrayList<Points>();
        document.tracks().forEach(track -> lines.addAll(track.segments()));
        document.routes().forEach(route -> lines.add(route.points()));
        return lines;
    }

    private void add(Points line, Points thin) {
        int at = 0;
        for (int i = 1; i < line.size(); i++) {
            if (isSame(line, i, thin, at + 1)) {
                at++;
            } else if (at + 1 < thin.size()) {
                addPoint(line, i, thin, at);
            } else {
                throw new AssertionError("the thinner line is not a part of the line");
            }
        }
    }

    private static boolean isSame(Points line, int i, Points thin, int at) {
        return at < thin.size()
                && line.lat(i) == thin.lat(at)
                && line.lon(i) == thin.lon(at)
                && Double.compare(line.get(NUMBER, i), thin.get(NUMBER, at)) == 0;
    }

    private void addPoint(Points line, int point, Points thin, int leg) {
        if (estimate(line, point, thin, leg) > greatest * ESTIMATE) {
            greatest = Math.max(greatest, distance(line, point, thin, leg));
        }
    }

    private static double estimate(Points line, int point, Points thin, int leg) {
        var way = inverse(thin, leg, thin, leg + 1);
        var from = inverse(thin, leg, line, point);
        double to = inverse(thin, leg + 1, line, point).s12;
        double angle = Math.toRadians(from.azi1 - way.azi1);
        double along = from.s12 * Math.cos(angle);
        boolean beside = along > 0 && along < way.s12;
        return beside ? Math.abs(from.s12 * Math.sin(angle)) : Math.min(from.s12, to);
    }

    /** By looking at the geodesic ever closer around its nearest place. */
    private static double distance(Points line, int point, Points thin, int leg) {
        var geodesic =
                Geodesic.WGS84.InverseLine(
                        thin.lat(leg), thin.lon(leg), thin.lat(leg + 1), thin.lon(leg + 1));
        double from = 0;
        double to = geodesic.Distance();
        double nearest =
                Math.min(
                        away(geodesic.Position(from), line, point),
                        away(geodesic.Position(to), line, point));
        for (int round = 0; round < ROUNDS; round++) {
            double third = (to - from) / 3;
            double left = away(geodesic.Position(from + third), line, point);
            double right = away(geodesic.Position(to - third), line, point);
            nearest = Math.min(nearest, Math.min(left, right));
            if (left < right) {
                to -= third;
            } else {
                from += third;
            }
        }
        return nearest;
    }

    private static GeodesicData inverse(Points one, int i, Points other, int j) {
        return Geodesic.WGS84.Inverse(one.lat(i), one.lon(i), other.lat(j), other.lon(j));
    }

    private static double away(GeodesicData place, Points line, int point) {
        return Geodesic.WGS84.Inverse(place.lat2, place.lon2, line.lat(point), line.lon(point)).s12;
    }
}
