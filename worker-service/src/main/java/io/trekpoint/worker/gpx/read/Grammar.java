package io.trekpoint.worker.gpx.read;

import io.trekpoint.lanes.gpx.GpxTask.Version;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one version of GPX: what may stand in each, in which order, how often. Tables,
 * one line for each kind of element, in the order of the schemas: {@code name=kind}, {@code *} for
 * any number, else at most one; {@code #other} is where elements of other namespaces may stand.
 */
final class Grammar {

    /**
     * What may stand in an element.
     *
     * @param places of its children by name, in order; empty for an element of text
     * @param attributes its attributes by name; all are required
     * @param text what its text must be; null where it has elements
     * @param open whether anything at all may stand in it
     */
    record Kind(
            Map<String, Place> places,
            Map<String, Value> attributes,
            @Nullable Value text,
            boolean open) {}

    /**
     * Where a child stands.
     *
     * @param order its place in the sequence
     * @param many whether it may come more than once
     * @param kind the name of its kind
     */
    record Place(int order, boolean many, String kind) {}

    private static final String QUALITY =
            " fix=FIX sat=COUNT hdop=DECIMAL vdop=DECIMAL pdop=DECIMAL ageofdgpsdata=DECIMAL dgpsid=STATION";
    private static final Grammar V1_1 =
            new Grammar("http://www.topografix.com/GPX/1/1")
                    .kind(
                            "gpx",
                            "metadata=metadata wpt=wpt* rte=rte* trk=trk* extensions=extensions")
                    .kind(
                            "metadata",
                            "name=TEXT desc=TEXT author=person copyright=copyright link=link* time=TIME"
                                    + " keywords=TEXT bounds=bounds extensions=extensions")
                    .kind(
                            "wpt",
                            "ele=DECIMAL time=TIME magvar=DEGREES_1_1 geoidheight=DECIMAL name=TEXT cmt=TEXT"
                                    + " desc=TEXT src=TEXT link=link* sym=TEXT type=TEXT"
                                    + QUALITY
                                    + " extensions=extensions")
                    .kind(
                            "rte",
                            "name=TEXT cmt=TEXT desc=TEXT src=TEXT link=link* number=COUNT type=TEXT"
                                    + " extensions=extensions rtept=wpt*")
                    .kind(
                            "trk",
                            "name=TEXT cmt=TEXT desc=TEXT src=TEXT link=link* number=COUNT type=TEXT"
                                    + " extensions=extensions trkseg=trkseg*")
                    .kind("trkseg", "trkpt=wpt* extensions=extensions")
                    .kind("person", "name=TEXT email=email link=link")
                    .kind("copyright", "year=YEAR license=TEXT")
                    .kind("link", "text=TEXT type=TEXT")
                    .kind("email", "")
                    .kind("bounds", "")
                    .kind("extensions", "#other=anything*")
                    .attributes("gpx", "version=TEXT creator=TEXT")
                    .attributes("wpt", "lat=LATITUDE lon=LONGITUDE_1_1")
                    .attributes("copyright", "author=TEXT")
                    .attributes("link", "href=TEXT")
                    .attributes("email", "id=TEXT domain=TEXT")
                    .attributes(
                            "bounds",
                            "minlat=LATITUDE minlon=LONGITUDE_1_1 maxlat=LATITUDE maxlon=LONGITUDE_1_1");
    private static final String SAID_1_0 =
            "name=TEXT cmt=TEXT desc=TEXT src=TEXT url=TEXT urlname=TEXT";
    private static final String POINT_1_0 =
            " magvar=DEGREES_1_0 geoidheight=DECIMAL "
                    + SAID_1_0
                    + " sym=TEXT type=TEXT"
                    + QUALITY
                    + " #other=anything*";
    private static final Grammar V1_0 =
            new Grammar("http://www.topografix.com/GPX/1/0")
                    .kind(
                            "gpx",
                            "name=TEXT desc=TEXT author=TEXT email=EMAIL url=TEXT urlname=TEXT time=TIME"
                                    + " keywords=TEXT bounds=bounds wpt=wpt* rte=rte* trk=trk* #other=anything*")
                    .kind("wpt", "ele=DECIMAL time=TIME" + POINT_1_0)
                    .kind(
                            "trkpt",
                            "ele=DECIMAL time=TIME course=DEGREES_1_0 speed=DECIMAL" + POINT_1_0)
                    .kind("rte", SAID_1_0 + " number=COUNT #other=anything* rtept=wpt*")
                    .kind("trk", SAID_1_0 + " number=COUNT #other=anything* trkseg=trkseg*")
                    .kind("trkseg", "trkpt=trkpt*")
                    .kind("bounds", "")
                    .attributes("gpx", "version=TEXT creator=TEXT")
                    .attributes("wpt", "lat=LATITUDE lon=LONGITUDE_1_0")
                    .attributes("trkpt", "lat=LATITUDE lon=LONGITUDE_1_0")
                    .attributes(
                            "bounds",
                            "minlat=LATITUDE minlon=LONGITUDE_1_0 maxlat=LATITUDE maxlon=LONGITUDE_1_0");

    private final String namespace;
    private final Map<String, Kind> kinds = new HashMap<>();

    private Grammar(String namespace) {
        this.namespace = namespace;
        for (var value : Value.values()) {
            kinds.put(value.name(), new Kind(Map.of(), Map.of(), value, false));
        }
        kinds.put("anything", new Kind(Map.of(), Map.of(), null, true));
    }

    static Grammar of(Version version) {
        return switch (version) {
            case V1_0 -> V1_0;
            case V1_1 -> V1_1;
        };
    }

    private Grammar kind(String name, String children) {
        var places = new LinkedHashMap<String, Place>();
        for (var child : entries(children).entrySet()) {
            boolean many = child.getValue().endsWith("*");
            String kind = many ? child.getValue().replace("*", "") : child.getValue();
            places.put(child.getKey(), new Place(places.size(), many, kind));
        }
        kinds.put(name, new Kind(Map.copyOf(places), Map.of(), null, false));
        return this;
    }

    private Grammar attributes(String name, String attributes) {
        var values = new LinkedHashMap<String, Value>();
        entries(attributes).forEach((key, value) -> values.put(key, Value.valueOf(value)));
        kinds.computeIfPresent(
                name, (_, kind) -> new Kind(kind.places(), Map.copyOf(values), null, false));
        return this;
    }

    private static Map<String, String> entries(String table) {
        var entries = new LinkedHashMap<String, String>();
        for (String entry : table.strip().split("\\s+", -1)) {
            int sign = entry.indexOf('=');
            if (sign > 0) {
                entries.put(entry.substring(0, sign), entry.substring(sign + 1));
            }
        }
        return entries;
    }

    /** The namespace of its elements. */
    String namespace() {
        return namespace;
    }

    /** A kind of element by the name the tables give it. */
    Kind kind(String name) {
        var kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalStateException("the tables name no kind " + name);
        }
        return kind;
    }
}
