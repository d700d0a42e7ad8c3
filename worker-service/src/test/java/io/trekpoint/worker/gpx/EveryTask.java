package io.trekpoint.worker.gpx;

import io.trekpoint.lanes.gpx.AscentMethod;
import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** A task of every type, in every form that takes another way through the code. */
final class EveryTask {

    private static final ReadingMode LENIENT = ReadingMode.LENIENT;

    private EveryTask() {}

    static List<GpxTask> all() {
        var tasks = new ArrayList<GpxTask>();
        tasks.add(new GpxTask.Import(LENIENT, Optional.empty()));
        for (var lines : GpxTask.Lines.values()) {
            tasks.add(new GpxTask.Import(LENIENT, Optional.of(lines)));
        }
        tasks.add(new GpxTask.Validate(Optional.empty()));
        tasks.add(new GpxTask.Validate(Optional.of(GpxTask.Version.V1_0)));
        for (int i = 0; i < DistanceMethod.values().length; i++) {
            var distance = DistanceMethod.values()[i];
            var ascent = AscentMethod.values()[i % AscentMethod.values().length];
            tasks.add(new GpxTask.Stats(LENIENT, new Measuring(distance, ascent, 5, 1, 10)));
        }
        for (var target : Target.values()) {
            var all = EnumSet.allOf(Writing.Include.class);
            var writing = new Writing(target, target == Target.POLYLINE ? 6 : 7, all);
            tasks.add(new GpxTask.Convert(LENIENT, writing));
            tasks.add(
                    new GpxTask.Export(
                            LENIENT,
                            Optional.of(privacy()),
                            Optional.of(simplifying().get(1)),
                            Writing.of(target)));
        }
        simplifying().forEach(wanted -> tasks.add(new GpxTask.Simplify(LENIENT, wanted)));
        ops().forEach(op -> tasks.add(new GpxTask.Edit(LENIENT, List.of(op))));
        tasks.add(new GpxTask.Edit(LENIENT, ops()));
        tasks.add(new GpxTask.MakePrivate(LENIENT, privacy()));
        for (var form : GpxTask.Profile.Form.values()) {
            tasks.add(new GpxTask.Profile(LENIENT, 300, 80, 50, form));
        }
        return tasks;
    }

    private static Privacy privacy() {
        return new Privacy(100, 100, List.of(new Privacy.Zone(46, 8, 500)), true);
    }

    private static List<Simplifying> simplifying() {
        var all = new ArrayList<Simplifying>();
        for (var algorithm : Simplifying.Algorithm.values()) {
            all.add(new Simplifying(algorithm, OptionalDouble.of(10), OptionalInt.empty(), false));
            all.add(new Simplifying(algorithm, OptionalDouble.empty(), OptionalInt.of(20), true));
        }
        return all;
    }

    private static List<EditOp> ops() {
        var moment = Instant.parse("2017-07-29T15:00:00Z");
        return List.of(
                new EditOp.SplitAtIndex(3),
                new EditOp.SplitAtTime(moment),
                new EditOp.SplitAtGap(60),
                new EditOp.SplitAtDistance(500),
                new EditOp.Merge(),
                new EditOp.Reverse(EditOp.Reverse.Times.RECOMPUTE),
                new EditOp.CropToBox(-170, -80, 170, 80),
                new EditOp.CropToTime(Optional.empty(), Optional.of(moment)),
                new EditOp.ShiftTime(-3_200_000_000.0),
                new EditOp.Reverse(EditOp.Reverse.Times.DROP),
                new EditOp.Strip(Set.of(EditOp.Strip.Field.ELE, EditOp.Strip.Field.TIME)));
    }
}
