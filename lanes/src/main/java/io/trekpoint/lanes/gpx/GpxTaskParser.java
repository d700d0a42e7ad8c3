package io.trekpoint.lanes.gpx;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.gpx.Simplifying.Algorithm;
import io.trekpoint.lanes.gpx.Writing.Include;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads tasks from parameters. */
public final class GpxTaskParser {
    private static final int MOST_OPS = 20;
    private static final int MOST_ZONES = 50;
    private static final double LONGEST_TRIM_M = 100_000;
    private static final double LONGEST_SHIFT_S = 3_200_000_000.0;

    private GpxTaskParser() {}

    /**
     * Reads a task.
     *
     * @param type the job type
     * @param parameters a JSON object; numbers and truths may be texts
     * @throws InvalidParameterException for the first parameter that breaks a rule
     */
    public static GpxTask parse(GpxType type, JsonNode parameters) {
        Parameters given = new Parameters("", parameters);
        GpxTask task =
                switch (type) {
                    case IMPORT ->
                            new GpxTask.Import(
                                    mode(given), given.choice("prefer", GpxTask.Lines.class));
                    case VALIDATE ->
                            new GpxTask.Validate(given.choice("version", GpxTask.Version.class));
                    case STATS -> new GpxTask.Stats(mode(given), measuring(given));
                    case CONVERT ->
                            new GpxTask.Convert(
                                    mode(given), writing(given, EnumSet.allOf(Include.class)));
                    case EXPORT ->
                            new GpxTask.Export(
                                    mode(given),
                                    given.object("privacy").map(GpxTaskParser::wholePrivacy),
                                    given.object("simplify").map(GpxTaskParser::wholeSimplifying),
                                    writing(given, Writing.USUAL));
                    case SIMPLIFY -> new GpxTask.Simplify(mode(given), simplifying(given));
                    case EDIT -> new GpxTask.Edit(mode(given), ops(given));
                    case PRIVACY -> new GpxTask.MakePrivate(mode(given), privacy(given));
                    case PROFILE -> profile(given);
                };
        given.end();
        return task;
    }

    private static ReadingMode mode(Parameters given) {
        return given.choice("mode", ReadingMode.class).orElse(ReadingMode.LENIENT);
    }

    private static Measuring measuring(Parameters given) {
        Measuring usual = Measuring.DEFAULT;
        AscentMethod ascent = given.choice("ascent", AscentMethod.class).orElse(usual.ascent());
        OptionalDouble threshold = given.number("thresholdM", 0, 1_000);
        if (threshold.isPresent() && ascent != AscentMethod.HYSTERESIS) {
            throw given.refuse("thresholdM", "belongs to ascent=hysteresis");
        }
        return new Measuring(
                given.choice("distance", DistanceMethod.class).orElse(usual.distance()),
                ascent,
                threshold.orElse(usual.thresholdM()),
                given.number("minKmh", 0, 100).orElse(usual.minKmh()),
                given.number("minStopS", 0, 86_400).orElse(usual.minStopS()));
    }

    private static Writing writing(Parameters given, Set<Include> usual) {
        Target to =
                given.choice("to", Target.class)
                        .orElseThrow(() ->
                                given.refuse(
                                        "to", "must be geojson, kml, tcx, csv, gpx11, polyline"));
        Writing plain = Writing.of(to);
        OptionalInt precision =
                to == Target.POLYLINE
                        ? given.whole("precision", 5, 6)
                        : given.whole("precision", 0, 7);
        Set<Include> include = given.choices("include", Include.class).orElse(usual);
        return new Writing(to, precision.orElse(plain.precision()), include);
    }

    private static Simplifying wholeSimplifying(Parameters given) {
        Simplifying simplifying = simplifying(given);
        given.end();
        return simplifying;
    }

    private static Simplifying simplifying(Parameters given) {
        OptionalInt most = given.whole("maxPoints", 2, 10_000_000);
        OptionalDouble tolerance = given.number("toleranceM", 0, 100_000);
        if (most.isPresent() && tolerance.isPresent()) {
            throw given.refuse("maxPoints", "cannot stand beside toleranceM: give one of them");
        }
        if (most.isEmpty() && tolerance.isEmpty()) {
            tolerance = OptionalDouble.of(10);
        }
        return new Simplifying(
                given.choice("algorithm", Algorithm.class).orElse(Algorithm.RDP),
                tolerance,
                most,
                given.truth("keepEle"));
    }

    private static Privacy wholePrivacy(Parameters given) {
        Privacy privacy = privacy(given);
        given.end();
        return privacy;
    }

    private static Privacy privacy(Parameters given) {
        List<Privacy.Zone> zones = new ArrayList<>();
        for (Parameters zone : given.objects("zones", MOST_ZONES)) {
            zones.add(
                    new Privacy.Zone(
                            required(zone, "lat", -90, 90),
                            required(zone, "lon", -180, 180),
                            required(zone, "radiusM", 1, 100_000)));
            zone.end();
        }
        Privacy privacy =
                new Privacy(
                        given.number("trimStartM", 0, LONGEST_TRIM_M).orElse(0),
                        given.number("trimEndM", 0, LONGEST_TRIM_M).orElse(0),
                        List.copyOf(zones),
                        given.truth("stripTime"));
        if (privacy.equals(new Privacy(0, 0, List.of(), false))) {
            throw given.refuse("zones", "or trimStartM, trimEndM or stripTime must be given");
        }
        return privacy;
    }

    private static double required(Parameters given, String name, double least, double most) {
        return given.number(name, least, most)
                .orElseThrow(() -> given.refuse(name, "must be given"));
    }

    private static GpxTask.Profile profile(Parameters given) {
        return new GpxTask.Profile(
                mode(given),
                given.whole("width", 16, 4_096).orElse(800),
                given.whole("height", 16, 4_096).orElse(200),
                given.number("smoothingM", 0, 10_000).orElse(0),
                given.choice("form", GpxTask.Profile.Form.class).orElse(GpxTask.Profile.Form.SVG));
    }

    private static List<EditOp> ops(Parameters given) {
        List<EditOp> ops = new ArrayList<>();
        for (Parameters op : given.objects("ops", MOST_OPS)) {
            ops.add(op(op));
            op.end();
        }
        if (ops.isEmpty()) {
            throw given.refuse("ops", "must hold at least one step");
        }
        return List.copyOf(ops);
    }

    /** The names of steps. */
    enum Step {
        SPLIT,
        MERGE,
        REVERSE,
        CROP,
        SHIFTTIME,
        STRIP
    }

    private static EditOp op(Parameters given) {
        Step step =
                given.choice("op", Step.class)
                        .orElseThrow(() -> given.refuse("op", "must be given"));
        return switch (step) {
            case SPLIT -> split(given);
            case MERGE -> new EditOp.Merge();
            case REVERSE ->
                    new EditOp.Reverse(
                            given.choice("times", EditOp.Reverse.Times.class)
                                    .orElse(EditOp.Reverse.Times.DROP));
            case CROP -> crop(given);
            case SHIFTTIME ->
                    new EditOp.ShiftTime(
                            required(given, "seconds", -LONGEST_SHIFT_S, LONGEST_SHIFT_S));
            case STRIP ->
                    new EditOp.Strip(
                            given.choices("fields", EditOp.Strip.Field.class)
                                    .filter(fields -> !fields.isEmpty())
                                    .orElseThrow(() ->
                                            given.refuse(
                                                    "fields", "must name at least one field")));
        };
    }

    private static EditOp split(Parameters given) {
        OptionalInt index = given.whole("index", 0, Integer.MAX_VALUE);
        Optional<Instant> time = given.moment("time");
        OptionalDouble gap = given.number("gapS", 1, 31_536_000);
        OptionalDouble distance = given.number("distanceM", 1, 100_000_000);
        int conditions =
                (index.isPresent() ? 1 : 0)
                        + (time.isPresent() ? 1 : 0)
                        + (gap.isPresent() ? 1 : 0)
                        + (distance.isPresent() ? 1 : 0);
        if (conditions != 1) {
            throw given.refuse("op", "split takes exactly one of index, time, gapS, distanceM");
        }
        if (index.isPresent()) {
            return new EditOp.SplitAtIndex(index.getAsInt());
        }
        if (time.isPresent()) {
            return new EditOp.SplitAtTime(time.get());
        }
        return gap.isPresent()
                ? new EditOp.SplitAtGap(gap.getAsDouble())
                : new EditOp.SplitAtDistance(distance.getAsDouble());
    }

    private static EditOp crop(Parameters given) {
        Optional<double[]> box = given.numbers("bbox", 4);
        Optional<Instant> from = given.moment("from");
        Optional<Instant> to = given.moment("to");
        boolean span = from.isPresent() || to.isPresent();
        if (box.isPresent() == span) {
            throw given.refuse("op", "crop takes bbox, or from and to");
        }
        if (span) {
            if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
                throw given.refuse("to", "must not be before from");
            }
            return new EditOp.CropToTime(from, to);
        }
        double[] edges = box.orElseThrow();
        boolean fits =
                Math.abs(edges[0]) <= 180
                        && Math.abs(edges[2]) <= 180
                        && edges[1] >= -90
                        && edges[3] <= 90
                        && edges[1] <= edges[3];
        if (!fits) {
            throw given.refuse("bbox", "must be west, south, east, north in degrees, south first");
        }
        return new EditOp.CropToBox(edges[0], edges[1], edges[2], edges[3]);
    }
}
