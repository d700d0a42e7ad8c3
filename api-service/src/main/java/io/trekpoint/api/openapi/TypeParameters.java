package io.trekpoint.api.openapi;

import io.trekpoint.lanes.gpx.AscentMethod;
import io.trekpoint.lanes.gpx.DistanceMethod;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The parameters of every job type. */
final class TypeParameters {
    private static final TypeParameter MODE =
            TypeParameter.words(
                    "mode",
                    "lenient repairs or drops what it can and says so in warnings; strict refuses the file at the"
                            + " first thing that is wrong, with its line and column",
                    ReadingMode.class,
                    ReadingMode.LENIENT);

    private TypeParameters() {}

    static String summary(GpxType type) {
        return switch (type) {
            case IMPORT -> "Normalise a file: GPX 1.1 and its numbers";
            case VALIDATE -> "Hold a file against the rules of GPX 1.0 or 1.1";
            case STATS -> "Measure a file";
            case CONVERT -> "Write a file in another format";
            case EXPORT ->
                    "Make a file private, thin it out and write it; counts toward the monthly quota";
            case SIMPLIFY -> "Thin lines out";
            case EDIT -> "Split, merge, reverse, crop, shift and strip";
            case PRIVACY -> "Take out what others must not see";
            case PROFILE -> "Draw the elevation profile and a thumbnail";
        };
    }

    static List<TypeParameter> of(GpxType type) {
        List<TypeParameter> all = new ArrayList<>();
        if (type != GpxType.VALIDATE) {
            all.add(MODE);
        }
        all.addAll(
                switch (type) {
                    case IMPORT ->
                            List.of(
                                    TypeParameter.words(
                                            "prefer",
                                            "keep only these lines, as tracks, where the file has several kinds",
                                            GpxTask.Lines.class,
                                            null));
                    case VALIDATE ->
                            List.of(
                                    TypeParameter.words(
                                            "version",
                                            "whose rules; the version the file states where it is not given",
                                            GpxTask.Version.class,
                                            null));
                    case STATS -> stats();
                    case CONVERT -> writing("all that the format has a place for");
                    case EXPORT -> export();
                    case SIMPLIFY -> simplify();
                    case EDIT -> List.of(ops());
                    case PRIVACY -> privacy();
                    case PROFILE -> profile();
                });
        return all;
    }

    private static List<TypeParameter> stats() {
        return List.of(
                TypeParameter.words(
                        "distance",
                        "how lengths are got",
                        DistanceMethod.class,
                        DistanceMethod.HAVERSINE),
                TypeParameter.words(
                        "ascent",
                        "how ascent and descent are got",
                        AscentMethod.class,
                        AscentMethod.HYSTERESIS),
                TypeParameter.number(
                        "thresholdM", "what hysteresis takes for a turn, in metres", 0, 1_000, 5),
                TypeParameter.number(
                        "minKmh", "speed above which one counts as moving, in km/h", 0, 100, 1),
                TypeParameter.number(
                        "minStopS",
                        "the shortest standstill that is a stop, in seconds",
                        0,
                        86_400,
                        0));
    }

    private static List<TypeParameter> writing(String usual) {
        return List.of(
                TypeParameter.words("to", "the format", Target.class, null).must(),
                TypeParameter.whole(
                        "precision",
                        "decimals of a coordinate; of a polyline 5 or 6, 5 where it is not given",
                        0,
                        7,
                        7),
                TypeParameter.text(
                        "include",
                        "what is written beside position and elevation, with commas between: time, hr, cad,"
                                + " temp, power, extensions; where it is not given "
                                + usual,
                        "time,hr"));
    }

    private static List<TypeParameter> export() {
        List<TypeParameter> all = new ArrayList<>(writing("all but extensions"));
        all.add(
                TypeParameter.json(
                        "privacy",
                        "what is taken out first: the parameters of privacy as a JSON object",
                        SchemaType.OBJECT,
                        Map.of("trimStartM", 200)));
        all.add(
                TypeParameter.json(
                        "simplify",
                        "how lines are thinned out then: the parameters of simplify as a JSON object",
                        SchemaType.OBJECT,
                        Map.of("toleranceM", 5)));
        return all;
    }

    private static List<TypeParameter> simplify() {
        return List.of(
                TypeParameter.words(
                        "algorithm",
                        "which points go",
                        Simplifying.Algorithm.class,
                        Simplifying.Algorithm.RDP),
                TypeParameter.number(
                                "toleranceM",
                                "how far the line may be from a point left out, in metres; 10 where neither this"
                                        + " nor maxPoints is given",
                                0,
                                100_000,
                                10)
                        .withoutUsual(),
                TypeParameter.whole(
                                "maxPoints",
                                "how many points of all lines together may stay; the ends of lines stay anyway",
                                2,
                                10_000_000,
                                500)
                        .withoutUsual(),
                TypeParameter.truth(
                        "keepEle", "whether the lowest and the highest point of each line stay"));
    }

    private static TypeParameter ops() {
        return TypeParameter.json(
                        "ops",
                        "1 to 20 steps, done in order: {op: split, one of index, time, gapS, distanceM},"
                                + " {op: merge}, {op: reverse, times: drop or recompute},"
                                + " {op: crop, bbox: [west, south, east, north]}, {op: crop, from, to},"
                                + " {op: shiftTime, seconds},"
                                + " {op: strip, fields of time, ele, hr, cad, temp, power, extensions, waypoints,"
                                + " routes, tracks}",
                        SchemaType.ARRAY,
                        List.of(Map.of("op", "reverse")))
                .must();
    }

    private static List<TypeParameter> privacy() {
        return List.of(
                TypeParameter.number(
                        "trimStartM", "metres taken off the start of each track", 0, 100_000, 0),
                TypeParameter.number(
                        "trimEndM", "metres taken off the end of each track", 0, 100_000, 0),
                TypeParameter.json(
                        "zones",
                        "at most 50 circles that nothing may show, radiusM from 1 to 100000",
                        SchemaType.ARRAY,
                        List.of(Map.of("lat", 46.8, "lon", 9.8, "radiusM", 300))),
                TypeParameter.truth("stripTime", "whether every time goes"));
    }

    private static List<TypeParameter> profile() {
        return List.of(
                TypeParameter.whole("width", "pixels of the profile", 16, 4_096, 800),
                TypeParameter.whole(
                        "height", "pixels, also the side of the thumbnail", 16, 4_096, 200),
                TypeParameter.number(
                        "smoothingM",
                        "metres of track an elevation is averaged over",
                        0,
                        10_000,
                        0),
                TypeParameter.words(
                        "form",
                        "a drawing or its numbers",
                        GpxTask.Profile.Form.class,
                        GpxTask.Profile.Form.SVG));
    }
}
