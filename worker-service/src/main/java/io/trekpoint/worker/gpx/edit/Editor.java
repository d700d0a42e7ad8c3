package io.trekpoint.worker.gpx.edit;

import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Columns;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.edit.Cutter.Fate;
import io.trekpoint.worker.gpx.read.GpxException;
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
     * @param limits asked now and then whether to go on, and how many lines a step may make
     * @throws GpxException {@code TOO_MANY_LINES} where a step cuts the lines into more than
     *     allowed
     */
    public static Edited run(List<GpxDocument> documents, List<EditOp> ops, GpxLimits limits) {
        var warnings = new ArrayList<Warning>();
        var files = documents;
        for (var op : ops) {
            limits.check();
            if (op instanceof EditOp.Merge) {
                files = List.of(Merger.merge(files, warnings));
            } else {
                var cutter = new Cutter(limits);
                files = files.stream().map(file -> step(file, op, cutter, warnings)).toList();
            }
        }
        if (files.size() != 1) {
            throw new IllegalArgumentException("several inputs and no merge");
        }
        return new Edited(files.getFirst(), List.copyOf(warnings));
    }

    private static GpxDocument step(
            GpxDocument file, EditOp op, Cutter cutter, List<Warning> warnings) {
        return switch (op) {
            case EditOp.Split split ->
                    file.with(
                            file.waypoints(),
                            file.routes(),
                            cutter.tracks(file, Splits.judge(split)));
            case EditOp.Reverse(var times) -> Reverser.reverse(file, times);
            case EditOp.CropToBox box -> {
                Cutter.Judge judge = (line, i) -> inside(box, line, i);
                yield crop(file, cutter, judge, judge);
            }
            // Plans have no times: only what was recorded must show that it is inside.
            case EditOp.CropToTime span ->
                    crop(
                            file,
                            cutter,
                            (line, i) -> inside(span, line.time(i), Fate.JOINED),
                            (line, i) -> inside(span, line.time(i), Fate.GONE));
            case EditOp.ShiftTime(double seconds) -> shifted(file, seconds, warnings);
            case EditOp.Strip(var fields) -> strip(file, fields);
            case EditOp.Merge _ -> file;
        };
    }

    private static GpxDocument shifted(GpxDocument file, double seconds, List<Warning> warnings) {
        long millis = Math.round(seconds * 1000);
        var later = file.map(points -> points.shifted(millis));
        int gone = file.timeCount() - later.timeCount();
        if (gone > 0) {
            warnings.add(new Warning(Warning.Code.TIME_OUT_OF_RANGE, gone, 0));
        }
        return later;
    }

    private static GpxDocument crop(
            GpxDocument file, Cutter cutter, Cutter.Judge ofPlans, Cutter.Judge ofTracks) {
        return file.with(
                cutter.waypoints(file, ofPlans),
                cutter.routes(file, ofPlans),
                cutter.tracks(file, ofTracks));
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

    private static Fate inside(EditOp.CropToTime span, long time, Fate untimed) {
        if (time == Points.NO_TIME) {
            return untimed;
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
