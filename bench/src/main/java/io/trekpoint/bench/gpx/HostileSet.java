package io.trekpoint.bench.gpx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Files that nobody means well by, each as large as the gateway lets one be (50 MiB inflated; what
 * a gzip bomb inflates to is bounded there by the same number) or as its own kind allows.
 */
final class HostileSet {

    /** What the gateway lets through out of the box, inflated. */
    static final int MOST_BYTES = 50 << 20;

    private static final String GPX = "<gpx version='1.1' creator='x'>";
    private static final String LINE = GPX + "<trk><trkseg>";
    private static final String POINT = "<trkpt lat='1' lon='1'>";

    private final List<Hostile> all = new ArrayList<>();

    /**
     * One of them.
     *
     * @param name what it does
     * @param content writes it
     */
    record Hostile(String name, Content content) {}

    /** Writes a file. */
    interface Content {
        void write(Path file) throws IOException;
    }

    private HostileSet() {}

    /** Files to be refused, or read with next to nothing in them. */
    static List<Hostile> hostile() {
        var set = new HostileSet();
        set.documentTypes();
        set.structure();
        set.attributes();
        set.texts();
        set.values();
        set.otherFiles();
        return set.all;
    }

    /** Valid files, of which there is as much to keep as 50 MiB can hold. */
    static List<Hostile> greedy() {
        var set = new HostileSet();
        set.names();
        return set.all;
    }

    private void documentTypes() {
        add("DOCTYPE, bare", "<!DOCTYPE gpx>" + GPX + "</gpx>");
        add("DOCTYPE, SYSTEM", "<!DOCTYPE gpx SYSTEM 'http://127.0.0.1:1/x.dtd'>" + GPX);
        add("DOCTYPE, PUBLIC", "<!DOCTYPE gpx PUBLIC '-//x' 'file:///etc/passwd'>" + GPX);
        add("DOCTYPE, parameter entity", "<!DOCTYPE gpx [<!ENTITY % x SYSTEM 'file:///'>%x;]>");
        add("DOCTYPE, a thousand million laughs", laughs());
        add("DOCTYPE, one large entity", large() + GPX + "<name>" + "&a;".repeat(100_000));
        endless("DOCTYPE without end", "<!DOCTYPE gpx [", i -> "<!ENTITY e" + i + " 'x'>");
    }

    private static String laughs() {
        return IntStream.range(1, 10)
                .mapToObj(i -> "<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>")
                .collect(
                        Collectors.joining(
                                "",
                                "<!DOCTYPE gpx [<!ENTITY l0 'ha'>",
                                "]>" + GPX + "<name>&l9;</name></gpx>"));
    }

    private static String large() {
        return "<!DOCTYPE gpx [<!ENTITY a '" + "a".repeat(100_000) + "'>]>";
    }

    private void structure() {
        endless("nesting", GPX + "<extensions>", i -> "<a>");
        endless("nesting in each point", LINE, i -> POINT + nested(50) + "</trkpt>");
        endless("a name of an element without end", GPX + "<a", i -> "aaaaaaaa");
        endless("ever new names of elements", GPX, i -> "<e" + i + "/>");
        endless("ever new prefixes", GPX, i -> "<p" + i + ":e xmlns:p" + i + "='urn:" + i + "'/>");
        endless("undeclared prefixes", LINE, i -> POINT + "<n:hr>1</n:hr></trkpt>");
        endless("tracks", GPX, i -> "<trk/>");
        endless("segments", GPX + "<trk>", i -> "<trkseg/>");
        endless("elements nobody knows", GPX, i -> "<x/><y/>");
        endless("junk after the end", GPX + "</gpx>", i -> "<junk>");
        endless("roots", "", i -> GPX + "</gpx>");
        add("crossed tags", GPX + "<trk></rte></gpx>");
        add("cut off in a tag", LINE + "<trkpt lat='1");
    }

    private static String nested(int depth) {
        return "<extensions>" + "<a>".repeat(depth) + "</a>".repeat(depth) + "</extensions>";
    }

    private void attributes() {
        endless("attributes", GPX + "<wpt", i -> " a" + i + "=''");
        endless("64 attributes each", GPX, i -> "<x" + attributes(64) + "/>");
        endless("namespaces", GPX + "<wpt", i -> " xmlns:n" + i + "='u'");
        endless("an attribute without end", GPX + "<wpt lat='", i -> "11111111");
        endless("attributes of 16 KiB", GPX, i -> "<x a='" + "b".repeat(16_000) + "'/>");
        endless("names that hash alike", GPX, i -> "<" + alike(i) + "/>");
        endless("names that the parser hashes alike", GPX, i -> "<" + alikeByFours(i) + "/>");
        endless("attributes that it hashes alike", GPX + "<a", i -> " " + alikeByFours(i) + "=''");
    }

    private static String attributes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> " a" + i + "=''")
                .collect(Collectors.joining());
    }

    /** Names of 20 letters, of which as strings of Java all have one hash. */
    private static String alike(int i) {
        var name = new StringBuilder("h");
        for (int bit = 0; bit < 20; bit++) {
            name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    /**
     * Names of 24 letters, which have one hash where each four letters are a number, and the hash
     * before is taken 31 times: one more in a number goes away by 31 less in the next.
     */
    private static String alikeByFours(int i) {
        var name = new StringBuilder();
        for (int letter = 0; letter < 24; letter++) {
            int more = letter < 20 ? i >> letter & 1 : 0;
            int less = letter < 4 ? 0 : i >> (letter - 4) & 1;
            name.append((char) ('p' + more - 31 * less));
        }
        return name.toString();
    }

    private void texts() {
        endless("a text without end", GPX + "<name>", i -> "xxxxxxxx");
        endless("texts of 64 KiB", LINE, i -> POINT + "<x>" + "y".repeat(65_000) + "</x></trkpt>");
        endless("a flood of &amp;", GPX + "<name>", i -> "&amp;");
        endless("floods of &#65;", GPX, i -> "<x>" + "&#65;".repeat(10_000) + "</x>");
        endless("entities nobody has declared", GPX + "<name>", i -> "&e" + i + ";");
        endless("CDATA by the letter", GPX + "<name>", i -> "<![CDATA[x]]>y");
        endless("a comment without end", GPX + "<!--", i -> "comment ");
        endless("comments", GPX, i -> "<!--c-->");
        endless("instructions to nobody", GPX, i -> "<?p i?>");
        endless("space", GPX, i -> "        ");
    }

    private void values() {
        endless("NaN, Infinity, hex", LINE, i -> "<trkpt lat='NaN' lon='0x1p3'/>");
        endless("places off the Earth", LINE, i -> "<trkpt lat='91' lon='1e300'/>");
        endless("points without a place", LINE, i -> "<trkpt/>");
        endless("numbers of 60 000 digits", LINE, i -> ele("1".repeat(60_000)));
        endless("small numbers, long", LINE, i -> ele("0." + "0".repeat(60_000) + "1"));
        endless("exponents", LINE, i -> ele("1.7976931348623157e308"));
        endless("times that are none", LINE, i -> POINT + "<time>tomorrow at noon</time></trkpt>");
        endless("from pole to pole", LINE, i -> place(i % 2 == 0 ? 90 : -90, i % 2 * 180));
        endless("points", LINE, i -> "<trkpt lat='1' lon='1'/>");
        endless("a segment, a point", GPX + "<trk>", i -> "<trkseg>" + place(1, 1) + "</trkseg>");
        endless("an address of many parts", "<gpx version='1.0' creator='x'>", i -> email());
        endless("over the dateline and back", LINE, i -> place(0, i % 2 == 0 ? 179 : -179));
    }

    private static String ele(String number) {
        return POINT + "<ele>" + number + "</ele></trkpt>";
    }

    private static String place(int lat, int lon) {
        return "<trkpt lat='" + lat + "' lon='" + lon + "'/>";
    }

    private void names() {
        endless(
                "a name for each waypoint",
                GPX,
                i -> "<wpt lat='1' lon='1'><name>" + i + "</name></wpt>");
        endless("nothing but links", GPX, i -> "<wpt lat='1' lon='1'>" + links() + "</wpt>");
        endless("every reading once, then points", LINE + everyReading(), i -> place(i % 90, 1));
    }

    private static String links() {
        return "<link href='a'/>".repeat(900);
    }

    private static String email() {
        return "<email>" + "a.".repeat(32_000) + "</email>";
    }

    private static String everyReading() {
        return POINT
                + "<ele>1</ele><time>2026-01-01T00:00:00Z</time><magvar>1</magvar>"
                + "<geoidheight>1</geoidheight><fix>3d</fix><sat>1</sat><hdop>1</hdop><vdop>1</vdop>"
                + "<pdop>1</pdop><ageofdgpsdata>1</ageofdgpsdata><dgpsid>1</dgpsid><speed>1</speed>"
                + "<course>1</course><extensions><hr>1</hr><cad>1</cad><atemp>1</atemp>"
                + "<power>1</power></extensions></trkpt>";
    }

    private void otherFiles() {
        add("nothing", "");
        add("KML", "<kml xmlns='http://www.opengis.net/kml/2.2'><Document/></kml>");
        add("a page", "<html><body><br></body></html>");
        endless("bytes that are not UTF-8", GPX + "<name>", i -> "\u00e4", ISO_8859_1);
        endless("UTF-16", "\ufeff" + LINE, i -> place(1, 1), UTF_16BE);
        add("an encoding nobody knows", "<?xml version='1.0' encoding='x-nobody'?><gpx/>");
    }

    private void add(String name, String text) {
        all.add(new Hostile(name, file -> Files.writeString(file, text)));
    }

    private void endless(String name, String head, IntFunction<String> part) {
        endless(name, head, part, UTF_8);
    }

    private void endless(String name, String head, IntFunction<String> part, Charset charset) {
        all.add(new Hostile(name, file -> write(file, head, part, charset)));
    }

    /** Cut off where the gateway would refuse it. */
    private static void write(Path file, String head, IntFunction<String> part, Charset charset)
            throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            byte[] bytes = head.getBytes(charset);
            int left = MOST_BYTES;
            for (int i = 0; left > 0; i++) {
                int count = Math.min(left, bytes.length);
                out.write(bytes, 0, count);
                left -= count;
                bytes = part.apply(i).getBytes(charset);
            }
        }
    }
}
