package io.trekpoint.worker.gpx.privacy;

import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.edit.Cutter.Fate;
import io.trekpoint.worker.gpx.measure.Ground;
import io.trekpoint.worker.gpx.measure.Leg;
import java.util.List;

/** The circles that nothing may show. Not safe for use by several threads. */
final class HiddenPlaces {

    /** More than the ground's distances can be wrong by: a doubtful point is inside. */
    private static final double MARGIN = 1.006;

    private record Place(Ground centre, double radiusM) {}

    private final List<Place> places;
    private final Leg leg = new Leg();
    private Ground before = Ground.at(0, 0);
    private boolean hiddenBefore;

    HiddenPlaces(List<Privacy.Zone> zones) {
        places =
                zones.stream()
                        .map(zone ->
                                new Place(
                                        Ground.at(zone.lat(), zone.lon()), zone.radiusM() * MARGIN))
                        .toList();
    }

    boolean contains(Points line, int i) {
        return hides(Ground.at(line.lat(i), line.lon(i)));
    }

    /** What becomes of the points of a line, asked in order. */
    Fate fate(Points line, int i) {
        if (places.isEmpty()) {
            return Fate.JOINED;
        }
        var here = Ground.at(line.lat(i), line.lon(i));
        boolean hidden = hides(here);
        boolean parted = i > 0 && !hidden && !hiddenBefore && crosses(here);
        before = here;
        hiddenBefore = hidden;
        if (hidden) {
            return Fate.GONE;
        }
        return parted ? Fate.PARTED : Fate.JOINED;
    }

    private boolean hides(Ground here) {
        for (var place : places) {
            if (place.centre().distance(here) <= place.radiusM()) {
                return true;
            }
        }
        return false;
    }

    private boolean crosses(Ground here) {
        leg.set(before, here);
        for (var place : places) {
            if (leg.distance(place.centre()) <= place.radiusM()) {
                return true;
            }
        }
        return false;
    }
}
