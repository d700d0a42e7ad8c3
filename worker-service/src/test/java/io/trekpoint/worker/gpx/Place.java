package io.trekpoint.worker.gpx;

import io.jenetics.jpx.WayPoint;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where and when a point is, as any format can say it; NaN for no elevation. */
record Place(double lat, double lon, double ele, long time) {

    static Place of(Points points, int i) {
        return new Place(points.lat(i), points.lon(i), points.get(Channel.ELE, i), points.time(i));
    }

    static Place of(WayPoint point) {
        return new Place(
                point.getLatitude().doubleValue(),
                point.getLongitude().doubleValue(),
                point.getElevation().map(ele -> ele.doubleValue()).orElse(Double.NaN),
                point.getTime().map(Instant::toEpochMilli).orElse(Points.NO_TIME));
    }

    static List<Place> of(Points points) {
        var places = new ArrayList<Place>();
        for (int i = 0; i < points.size(); i++) {
            places.add(of(points, i));
        }
        return places;
    }

    static List<Place> waypointsRoutesTracks(GpxDocument document) {
        var places = new ArrayList<>(of(document.waypoints()));
        document.routes().forEach(route -> places.addAll(of(route.points())));
        places.addAll(tracks(document));
        return places;
    }

    static List<Place> tracks(GpxDocument document) {
        var places = new ArrayList<Place>();
        for (var track : document.tracks()) {
            track.segments().forEach(segment -> places.addAll(of(segment)));
        }
        return places;
    }
}
