package io.trekpoint.lanes.gpx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Writes tasks as parameters, defaults included: equal tasks have equal text. */
public final class GpxTaskJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GpxTaskJson() {}

    /** The task as {@link GpxTaskParser} reads it. */
    public static ObjectNode of(GpxTask task) {
        ObjectNode json = JSON.objectNode();
        if (!(task instanceof GpxTask.Validate)) {
            json.put("mode", Parameters.label(task.mode()));
        }
        switch (task) {
            case GpxTask.Import(_, var prefer) ->
                    prefer.ifPresent(lines -> json.put("prefer", Parameters.label(lines)));
            case GpxTask.Validate(var version) ->
                    version.ifPresent(one -> json.put("version", Parameters.label(one)));
            case GpxTask.Stats(_, var measuring) -> measuring(json, measuring);
            case GpxTask.Convert(_, var writing) -> writing(json, writing);
            case GpxTask.Export(_, var privacy, var simplifying, var writing) -> {
                privacy.ifPresent(wanted -> privacy(json.putObject("privacy"), wanted));
                simplifying.ifPresent(wanted -> simplifying(json.putObject("simplify"), wanted));
                writing(json, writing);
            }
            case GpxTask.Simplify(_, var simplifying) -> simplifying(json, simplifying);
            case GpxTask.Edit(_, var ops) -> {
                ArrayNode steps = json.putArray("ops");
                ops.forEach(op -> op(steps.addObject(), op));
            }
            case GpxTask.MakePrivate(_, var privacy) -> privacy(json, privacy);
            case GpxTask.Profile(_, int width, int height, double smoothingM, var form) -> {
                json.put("width", width).put("height", height);
                number(json, "smoothingM", smoothingM);
                json.put("form", Parameters.label(form));
            }
        }
        return json;
    }

    /** The word for a constant of a task: {@code haversine}, {@code 1.1}. */
    public static String label(Enum<?> constant) {
        return Parameters.label(constant);
    }

    private static void measuring(ObjectNode json, Measuring measuring) {
        json.put("distance", Parameters.label(measuring.distance()));
        json.put("ascent", Parameters.label(measuring.ascent()));
        if (measuring.ascent() == AscentMethod.HYSTERESIS) {
            number(json, "thresholdM", measuring.thresholdM());
        }
        number(json, "minKmh", measuring.minKmh());
        number(json, "minStopS", measuring.minStopS());
    }

    private static void writing(ObjectNode json, Writing writing) {
        json.put("to", Parameters.label(writing.to())).put("precision", writing.precision());
        labels(json.putArray("include"), writing.include());
    }

    private static void labels(ArrayNode array, Set<? extends Enum<?>> constants) {
        constants.stream().map(Parameters::label).sorted().forEach(array::add);
    }

    private static void simplifying(ObjectNode json, Simplifying simplifying) {
        json.put("algorithm", Parameters.label(simplifying.algorithm()));
        simplifying.toleranceM().ifPresent(metres -> number(json, "toleranceM", metres));
        simplifying.maxPoints().ifPresent(most -> json.put("maxPoints", most));
        json.put("keepEle", simplifying.keepEle());
    }

    private static void privacy(ObjectNode json, Privacy privacy) {
        number(json, "trimStartM", privacy.trimStartM());
        number(json, "trimEndM", privacy.trimEndM());
        ArrayNode zones = json.putArray("zones");
        for (Privacy.Zone zone : privacy.zones()) {
            ObjectNode one = zones.addObject();
            number(one, "lat", zone.lat());
            number(one, "lon", zone.lon());
            number(one, "radiusM", zone.radiusM());
        }
        json.put("stripTime", privacy.stripTime());
    }

    private static void op(ObjectNode json, EditOp op) {
        switch (op) {
            case EditOp.SplitAtIndex(int index) -> json.put("op", "split").put("index", index);
            case EditOp.SplitAtTime(var time) ->
                    json.put("op", "split").put("time", time.toString());
            case EditOp.SplitAtGap(double gapS) -> number(json.put("op", "split"), "gapS", gapS);
            case EditOp.SplitAtDistance(double distanceM) ->
                    number(json.put("op", "split"), "distanceM", distanceM);
            case EditOp.Merge _ -> json.put("op", "merge");
            case EditOp.Reverse(var times) ->
                    json.put("op", "reverse").put("times", Parameters.label(times));
            case EditOp.CropToBox(double west, double south, double east, double north) -> {
                ArrayNode box = json.put("op", "crop").putArray("bbox");
                box.add(west).add(south).add(east).add(north);
            }
            case EditOp.CropToTime(var from, var to) -> {
                json.put("op", "crop");
                from.ifPresent(moment -> json.put("from", moment.toString()));
                to.ifPresent(moment -> json.put("to", moment.toString()));
            }
            case EditOp.ShiftTime(double seconds) ->
                    number(json.put("op", "shiftTime"), "seconds", seconds);
            case EditOp.Strip(var fields) ->
                    labels(json.put("op", "strip").putArray("fields"), fields);
        }
    }

    /** Whole numbers without a fraction: 10, not 10.0. */
    private static void number(ObjectNode json, String name, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.put(name, (long) value);
        } else {
            json.put(name, value);
        }
    }
}
