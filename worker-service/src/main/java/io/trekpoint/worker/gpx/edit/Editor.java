package io.trekpoint.worker.gpx.edit;

import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Columns;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.edit.Cutter.Fate;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.Warning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does the steps of an edit, one after the other. */
public final class Editor {

    private static final Map<EditOp.Strip.Field, Channel> READINGS =
            Map.of(
                    EditOp.Strip.Field.ELE, Channel.ELE,
                    EditOp.Strip.Field.HR, Channel.HR,
                    EditOp.Strip.Field.CAD, Channel.CAD,
                    EditOp.Strip.Field.TEMP, Channel.TEMP,
                    EditOp.Strip.Field.POWER, Channel.POWER);

    private Editor() {}

    /**
     * Edits a file, or several that a merge makes one of.
     *
     * @param documents at least one; steps before a merge are done to each
     * @param ops the steps, with a merge among them where there are several files
     * @param limits asked before each step whether to go on
     */
    public static Edited run(List<GpxDocument> documents, List<EditOp> ops, GpxLimits limits) {
        var warnings = new ArrayList<Warning>();
        var files = documents;
        for (var op : ops) {
            limits.check();
            if (op instanceof EditOp.Merge) {
                files = List.of(Merger.merge(files, warnings));
            } else {
                files = files.stream().map(file -> step(file, op)).toList();
            }
        }
        if (files.size() != 1) {
            throw new IllegalArgumentException("several inputs and no merge");
        }
        return new Edited(files.getFirst(), List.copyOf(warnings));
    }

    private static GpxDocument step(GpxDocument file, EditOp op) {
        return switch (op) {
            case EditOp.Split split ->
                    file.with(
                            file.waypoints(),
                            file.routes(),
                            Cutter.tracks(file, Splits.judge(split)));
            case EditOp.Reverse(var times) -> Reverser.reverse(file, times);
            case EditOp.CropToBox box -> crop(file, (line, i) -> inside(box, line, i));
            case EditOp.CropToTime span -> crop(file, (line, i) -> inside(span, file, line, i));
            case EditOp.ShiftTime(double seconds) -> {
                long millis = Math.round(seconds * 1000);
                yield file.map(points -> points.shifted(millis));
            }
            case EditOp.Strip(var fields) -> strip(file, fields);
            case EditOp.Merge _ -> file;
        };
    }

    private static GpxDocument crop(GpxDocument file, Cutter.Judge judge) {
        return file.with(
                Cutter.waypoints(file, judge),
                Cutter.routes(file, judge),
                Cutter.tracks(file, judge));
    }

    private static Fate inside(EditOp.CropToBox box, Points line, int i) {
        double lat = line.lat(i);
        double lon = line.lon(i);
        boolean across = box.west() > box.east();
        boolean fits =
                across
                        ? lon >= box.west() || lon <= box.east()
                        : lon >= box.west() && lon <= box.east();
        return fits && lat >= box.south() && lat <= box.north() ? Fate.JOINED : Fate.GONE;
    }

    /** Plans have no times: only what was recorded must show that it is inside. */
    private static Fate inside(EditOp.CropToTime span, GpxDocument file, Points line, int i) {
        long time = line.time(i);
        if (time == Points.NO_TIME) {
            boolean plan =
                    line == file.waypoints()
                            || file.routes().stream().anyMatch(route -> route.points() == line);
            return plan ? Fate.JOINED : Fate.GONE;
        }
        boolean early = span.from().isPresent() && time < span.from().get().toEpochMilli();
        boolean late = span.to().isPresent() && time > span.to().get().toEpochMilli();
        return early || late ? Fate.GONE : Fate.JOINED;
    }

    private static GpxDocument strip(GpxDocument file, Set<EditOp.Strip.Field> fields) {
        var channels = EnumSet.noneOf(Channel.class);
        READINGS.forEach((field, channel) -> {
            if (fields.contains(field)) {
                channels.add(channel);
            }
        });
        var rest =
                file.without(
                        new Columns(
                                channels,
                                fields.contains(EditOp.Strip.Field.TIME),
                                fields.contains(EditOp.Strip.Field.EXTENSIONS)));
        return rest.with(
                fields.contains(EditOp.Strip.Field.WAYPOINTS) ? new Points() : rest.waypoints(),
                fields.contains(EditOp.Strip.Field.ROUTES) ? List.of() : rest.routes(),
                fields.contains(EditOp.Strip.Field.TRACKS) ? List.of() : rest.tracks());
    }
}
