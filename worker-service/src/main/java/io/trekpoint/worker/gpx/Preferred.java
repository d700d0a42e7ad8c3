package io.trekpoint.worker.gpx;

import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.Warning;
import java.util.List;

/** Makes tracks of the one kind of lines that is preferred where a file has several. */
final class Preferred {

    private Preferred() {}

    /**
     * The file with only these lines, as tracks. Waypoints stay what they are, but for those that
     * have become the line.
     *
     * @param warnings gets {@code PREFERRED_ABSENT} where there are none: the file stays as it is
     */
    static GpxDocument lines(GpxDocument document, GpxTask.Lines kind, List<Warning> warnings) {
        var tracks =
                switch (kind) {
                    case TRK -> document.tracks();
                    case RTE ->
                            document.routes().stream()
                                    .map(route -> new Track(route.about(), List.of(route.points())))
                                    .toList();
                    case WPT ->
                            document.waypoints().size() == 0
                                    ? List.<Track>of()
                                    : List.of(
                                            new Track(
                                                    About.NOTHING, List.of(document.waypoints())));
                };
        if (tracks.isEmpty()) {
            warnings.add(new Warning(Warning.Code.PREFERRED_ABSENT, 1, 0));
            return document;
        }
        var waypoints = kind == GpxTask.Lines.WPT ? new Points() : document.waypoints();
        return document.with(waypoints, List.of(), tracks);
    }
}
