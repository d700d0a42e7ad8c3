package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.trekpoint.worker.gpx.read.GpxException.Code;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Files that no program writes and means well, each with the code, line and column that refuse it,
 * or with none where it must be read. What they point to outside themselves is given.
 */
final class HostileFiles {

    /**
     * A hostile file.
     *
     * @param code what refuses it; null where it is read
     * @param line where; 0 where it is read
     * @param column where; 0 where it is read
     */
    record Hostile(String name, byte[] bytes, @Nullable Code code, int line, int column) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String SPACE = "xmlns='http://www.topografix.com/GPX/1/1'";
    static final String GPX = "<gpx version='1.1' creator='h' " + SPACE + ">";
    private static final String TRACK =
            "<trk><name>n</name><trkseg><trkpt lat='46.1' lon='8.1'><ele>1</ele></trkpt>"
                    + "<trkpt lat='46.2' lon='8.2'><ele>9</ele></trkpt></trkseg></trk>";
    private static final int MANY = 20_000;

    private final String secretFile;
    private final String secretPage;
    private final List<Hostile> files = new ArrayList<>();

    private HostileFiles(String secretFile, String secretPage) {
        this.secretFile = secretFile;
        this.secretPage = secretPage;
    }

    /**
     * All of them.
     *
     * @param secretFile URI of a file that nothing may read
     * @param secretPage URI of a page that nothing may fetch
     */
    static List<Hostile> pointingTo(String secretFile, String secretPage) {
        var all = new HostileFiles(secretFile, secretPage);
        all.doctypes();
        all.references();
        all.notGpx();
        all.brokenXml();
        all.excess();
        HostileContent.addTo(all);
        return all.files;
    }

    private void doctypes() {
        String body = "<gpx><name>&x;</name></gpx>";
        refused("DOCTYPE, bare", "<!DOCTYPE gpx>" + body, Code.GPX_DOCTYPE, 1, 1);
        refused(
                "DOCTYPE, external",
                "<?xml version='1.0'?>\n<!DOCTYPE gpx SYSTEM '" + secretPage + "'>" + body,
                Code.GPX_DOCTYPE,
                2,
                1);
        refused(
                "DOCTYPE, public",
                "<!DOCTYPE gpx PUBLIC '-//x' '" + secretFile + "'>" + body,
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE, file entity",
                "<!DOCTYPE gpx [<!ENTITY x SYSTEM '" + secretFile + "'>]>" + body,
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE, network entity",
                "<!DOCTYPE gpx [<!ENTITY x SYSTEM '" + secretPage + "'>]>" + body,
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE, parameter entity",
                "<!DOCTYPE gpx [\n<!ENTITY % p SYSTEM '" + secretPage + "'>\n%p;]>" + body,
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE, parameter entity of a file",
                "<!DOCTYPE gpx [<!ENTITY % p SYSTEM '" + secretFile + "'> %p; ]>" + body,
                Code.GPX_DOCTYPE,
                1,
                1);
        refused("DOCTYPE, entities in entities", laughs(), Code.GPX_DOCTYPE, 1, 1);
        refused(
                "DOCTYPE, one long entity many times",
                "<!DOCTYPE gpx [<!ENTITY x '"
                        + "x".repeat(50_000)
                        + "'>]><gpx><name>"
                        + "&x;".repeat(MANY)
                        + "</name></gpx>",
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE, attributes by default",
                "<!DOCTYPE gpx [<!ATTLIST gpx version CDATA '1.1'>]><gpx/>",
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE after a comment and an instruction",
                "<!-- c -->\n<?p i?>\n  <!DOCTYPE gpx><gpx/>",
                Code.GPX_DOCTYPE,
                3,
                3);
        refused(
                "DOCTYPE after a byte order mark",
                bytes(UTF_8, "\ufeff<!DOCTYPE gpx><gpx/>"),
                Code.GPX_DOCTYPE,
                1,
                1);
        refused(
                "DOCTYPE in UTF-16",
                bytes(UTF_16, "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE gpx><gpx/>"),
                Code.GPX_DOCTYPE,
                1,
                40);
        refused(
                "DOCTYPE in UTF-16, little end first",
                bytes(UTF_16LE, "\ufeff<!DOCTYPE gpx [<!ENTITY x 'y'>]><gpx/>"),
                Code.GPX_DOCTYPE,
                1,
                1);
        refused("DOCTYPE in lower case", "<!doctype gpx><gpx/>", Code.NOT_XML, 1, 3);
        refused("DOCTYPE inside", GPX + "<!DOCTYPE gpx></gpx>", Code.MALFORMED, 1, 76);
        refused(
                "an entity without a DOCTYPE",
                GPX + "\n<name>&x;</name></gpx>",
                Code.MALFORMED,
                2,
                9);
        refused(
                "an entity in an attribute",
                GPX + "\n<wpt lat='&x;' lon='1'/></gpx>",
                Code.MALFORMED,
                2,
                13);
        read("a DOCTYPE after the end", GPX + TRACK + "</gpx><!DOCTYPE gpx>");
    }

    private static String laughs() {
        var dtd = new StringBuilder("<!DOCTYPE gpx [<!ENTITY l0 'lol'>");
        for (int i = 1; i < 20; i++) {
            dtd.append("<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>");
        }
        return dtd + "]><gpx><name>&l19;</name></gpx>";
    }

    /** Ways to point outside that are no DTD: nobody follows them. */
    private void references() {
        read(
                "a stylesheet",
                "<?xml-stylesheet type='text/xsl' href='"
                        + secretPage
                        + "'?>"
                        + GPX
                        + TRACK
                        + "</gpx>");
        read(
                "a schema",
                "<gpx version='1.1' "
                        + SPACE
                        + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        + " xsi:schemaLocation='http://www.topografix.com/GPX/1/1 "
                        + secretPage
                        + "' xsi:noNamespaceSchemaLocation='"
                        + secretFile
                        + "'>"
                        + TRACK
                        + "</gpx>");
        read(
                "an inclusion",
                "<gpx version='1.1' "
                        + SPACE
                        + " xmlns:xi='http://www.w3.org/2001/XInclude'>"
                        + TRACK
                        + "<wpt lat='1' lon='2'><name><xi:include parse='text' href='"
                        + secretFile
                        + "'/></name></wpt><extensions><xi:include href='"
                        + secretPage
                        + "'/></extensions></gpx>");
        read(
                "links",
                GPX
                        + "<wpt lat='1' lon='2'><link href='"
                        + secretPage
                        + "'/><link href='"
                        + secretFile
                        + "'/><link href='javascript:alert(1)'/></wpt></gpx>");
    }

    private void notGpx() {
        refused("nothing", "", Code.NOT_XML, 1, 1);
        refused("space", " \n ", Code.NOT_XML, 2, 1);
        refused("a byte order mark alone", "\ufeff", Code.NOT_XML, 1, 1);
        refused("JSON", "{\"type\": \"FeatureCollection\"}", Code.NOT_XML, 1, 1);
        refused("a ZIP", "PK\u0003\u0004\u0000\u0000", Code.NOT_XML, 1, 1);
        refused("a gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0}, Code.MALFORMED, 1, 1);
        refused("HTML", "<!DOCTYPE html>\n<html><body/></html>", Code.GPX_DOCTYPE, 1, 1);
        refused("XHTML", "<html xmlns='http://www.w3.org/1999/xhtml'/>", Code.NOT_GPX, 1, 1);
        refused(
                "KML",
                "<?xml version='1.0'?>\n<kml xmlns='http://www.opengis.net/kml/2.2'/>",
                Code.NOT_GPX,
                2,
                1);
        refused("TCX", "<TrainingCenterDatabase/>", Code.NOT_GPX, 1, 1);
    }

    private void brokenXml() {
        refused("cut in the root", "<gpx version='1.1", Code.MALFORMED, 1, 17);
        refused("cut in a track", GPX + "\n<trk><trkseg>", Code.MALFORMED, 2, 13);
        refused("cut in a tag", GPX + "\n<trk><trks", Code.MALFORMED, 2, 10);
        refused("cut in a comment", GPX + "\n<!-- c", Code.MALFORMED, 2, 6);
        refused("crossed tags", GPX + "\n<trk></rte></gpx>", Code.MALFORMED, 2, 11);
        refused(
                "an attribute twice",
                GPX + "\n<wpt lat='1' lat='1'/></gpx>",
                Code.MALFORMED,
                2,
                22);
        refused("a stray &", GPX + "\n<name>a & b</name></gpx>", Code.MALFORMED, 2, 10);
        refused("a stray <", GPX + "\n<name>a < b</name></gpx>", Code.MALFORMED, 2, 10);
        refused("a control character", GPX + "\n<name>\u0001</name></gpx>", Code.MALFORMED, 2, 7);
        refused("half a character", GPX + "\n<name>&#xD800;</name></gpx>", Code.MALFORMED, 2, 14);
        refused(
                "Latin-1 that says UTF-8",
                bytes(ISO_8859_1, GPX + "\n<name>\u00e4rger</name></gpx>"),
                Code.MALFORMED,
                2,
                8);
        refused(
                "half a character in UTF-8",
                bytes(ISO_8859_1, GPX + "\n<name>\u00ed\u00a0\u0080</name></gpx>"),
                Code.MALFORMED,
                2,
                9);
        refused(
                "an encoding nobody knows",
                "<?xml version='1.0' encoding='x-nobody'?><gpx/>",
                Code.MALFORMED,
                1,
                1);
        refused(
                "UTF-8 that says UTF-16",
                "<?xml version='1.0' encoding='UTF-16'?><gpx/>",
                Code.MALFORMED,
                1,
                39);
        read("two roots", GPX + TRACK + "</gpx>" + GPX + TRACK + "</gpx>");
        read("junk after the end", GPX + TRACK + "</gpx>\n\u0000<junk");
        refused(
                "control characters of XML 1.1",
                "<?xml version='1.1'?>\n"
                        + GPX
                        + "<wpt lat='1' lon='2'><name>a&#1;b</name></wpt></gpx>",
                Code.MALFORMED,
                2,
                105);
    }

    private void excess() {
        refused("depth", GPX + "<extensions>" + "<a>".repeat(MANY), Code.XML_LIMIT, 1, 272);
        refused(
                "depth in a point",
                GPX + "<wpt lat='1' lon='1'><extensions>" + "<a>".repeat(MANY),
                Code.XML_LIMIT,
                1,
                290);
        refused(
                "attributes",
                many(GPX + "<wpt ", i -> " a" + i + "=''", "/></gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "attributes that the parser hashes alike",
                many(GPX + "<wpt ", i -> ' ' + alike(i) + "=''", "/></gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "elements that the parser hashes alike",
                many(GPX, i -> '<' + alike(i) + "/>", "</gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "declarations of prefixes",
                many(GPX + "<wpt ", i -> " xmlns:p" + i + "='u" + i + "'", "/></gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "a long attribute",
                GPX + "<wpt lat='" + "1".repeat(MANY) + "'/></gpx>",
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "a long text",
                GPX + "<name>" + "x".repeat(70_000) + "</name></gpx>",
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "a long text in parts",
                GPX + "<name>" + "<![CDATA[x]]>y".repeat(40_000) + "</name></gpx>",
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "a long number",
                GPX + "<wpt lat='1' lon='1'><ele>" + "1".repeat(70_000) + "</ele></wpt></gpx>",
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "a long instruction",
                GPX + "<?p " + "x".repeat(6 << 20) + "?></gpx>",
                Code.XML_LIMIT,
                1,
                0);
        refused("a long name", GPX + "<" + "x".repeat(6 << 20) + "/></gpx>", Code.XML_LIMIT, 1, 0);
        refused(
                "ever new elements",
                many(GPX, i -> "<e" + i + "/>", "</gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "ever new attributes",
                many(GPX, i -> "<e a" + i + "=''/>", "</gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "ever new prefixes in extensions",
                many(GPX + "<extensions>", i -> "<p" + i + ":e xmlns:p" + i + "='u'/>", ""),
                Code.XML_LIMIT,
                1,
                0);
        refused(
                "links",
                many(GPX + "<metadata>", i -> "<link href='a'/>", "</metadata></gpx>"),
                Code.XML_LIMIT,
                1,
                0);
        read("ever new namespaces", many(GPX, i -> "<p:e xmlns:p='u" + i + "'/>", "</gpx>"));
        read("many instructions", many(GPX, i -> "<?p i?>", "</gpx>"));
        read(
                "one extension without end",
                many(
                        GPX + "<wpt lat='1' lon='2'><extensions><x>",
                        i -> "<y z='" + i + "'>t<hr>" + i % 300 + "</hr></y>",
                        "</x></extensions></wpt></gpx>"));
        read(
                "extensions nested and wide",
                many(
                        GPX + "<extensions>",
                        i ->
                                i % 300 == 0
                                        ? "<a>".repeat(58) + "<b/>".repeat(9) + "</a>".repeat(58)
                                        : "",
                        "</extensions></gpx>"));
    }

    private void refused(String name, String text, Code code, int line, int column) {
        refused(name, text.getBytes(UTF_8), code, line, column);
    }

    private void refused(String name, byte[] bytes, Code code, int line, int column) {
        files.add(new Hostile(name, bytes, code, line, column));
    }

    /** Adds a file that must be read. */
    void read(String name, String text) {
        files.add(new Hostile(name, text.getBytes(UTF_8), null, 0, 0));
    }

    private static byte[] bytes(Charset charset, String text) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(charset));
        return bytes.toByteArray();
    }

    /** Names with one hash: one more in four letters goes away by 31 less in the next four. */
    private static String alike(int i) {
        var name = new StringBuilder();
        for (int letter = 0; letter < 20; letter++) {
            int more = letter < 16 ? i >> letter & 1 : 0;
            int less = letter < 4 ? 0 : i >> (letter - 4) & 1;
            name.append((char) ('p' + more - 31 * less));
        }
        return name.toString();
    }

    /** A text with very many parts. */
    static String many(String head, IntFunction<String> each, String tail) {
        var text = new StringBuilder(head);
        for (int i = 0; i < MANY; i++) {
            text.append(each.apply(i));
        }
        return text.append(tail).toString();
    }
}
