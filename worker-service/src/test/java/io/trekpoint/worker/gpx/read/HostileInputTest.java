package io.trekpoint.worker.gpx.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trekpoint.worker.gpx.read.GpxException.Code;
import io.trekpoint.worker.gpx.read.GpxLimits.Stop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no program means well by. Nothing here may take long, take much, or reach outside. */
class HostileInputTest {

    private static final String GPX = "<gpx version='1.1'>";
    private static final Duration SOON = Duration.ofSeconds(10);

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("nothing", "", Code.NOT_XML, 1, 1),
                Arguments.of("a sentence", "no XML at all", Code.NOT_XML, 1, 1),
                Arguments.of("JSON", "{\"type\": \"x\"}", Code.NOT_XML, 1, 1),
                Arguments.of("binary", "PK\u0003\u0004\u0000\u0000", Code.NOT_XML, 1, 1),
                Arguments.of("a page", "<html>\n<body/></html>", Code.NOT_GPX, 1, 1),
                Arguments.of("another root", "\n <kml/>", Code.NOT_GPX, 2, 2),
                Arguments.of("a cut", GPX + "\n<trk><trkseg>", Code.MALFORMED, 2, 13),
                Arguments.of("a cut in a tag", GPX + "\n<trk><trks", Code.MALFORMED, 2, 10),
                Arguments.of("a cut in the root", "<gpx version='1.1", Code.MALFORMED, 1, 17),
                Arguments.of("crossed tags", GPX + "\n<trk></rte></gpx>", Code.MALFORMED, 2, 11),
                Arguments.of(
                        "two of one",
                        GPX + "\n<wpt lat='1' lat='2'/></gpx>",
                        Code.MALFORMED,
                        2,
                        22),
                Arguments.of(
                        "a stray &", GPX + "\n<name>a & b</name></gpx>", Code.MALFORMED, 2, 10),
                Arguments.of(
                        "an entity", GPX + "\n<name>&nbsp;</name></gpx>", Code.MALFORMED, 2, 12),
                Arguments.of("a control character", GPX + "\n\u0001</gpx>", Code.MALFORMED, 2, 1),
                Arguments.of("half a character", GPX + "\n&#xD800;</gpx>", Code.MALFORMED, 2, 8),
                Arguments.of(
                        "a DOCTYPE",
                        "<?xml version='1.0'?>\n<!DOCTYPE gpx><gpx/>",
                        Code.GPX_DOCTYPE,
                        2,
                        1),
                Arguments.of(
                        "a DTD",
                        "<!DOCTYPE gpx SYSTEM 'http://127.0.0.1:1/x.dtd'><gpx/>",
                        Code.GPX_DOCTYPE,
                        1,
                        1),
                Arguments.of("laughs", laughs(), Code.GPX_DOCTYPE, 1, 1));
    }

    private static String laughs() {
        var dtd = new StringBuilder("<!DOCTYPE gpx [<!ENTITY l0 'lol'>");
        for (int i = 1; i < 20; i++) {
            dtd.append("<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>");
        }
        return dtd + "]><gpx><name>&l19;</name></gpx>";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void saysWhatAndWhere(String name, String input, Code code, int line, int column) {
        var refusal = refusal(GpxSource.of(input.getBytes(UTF_8)), GpxLimits.DEFAULT);

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.column()).isEqualTo(column);
    }

    @Test
    void neverRepeatsTheFilesContent() {
        var input = GPX + "<secret-name attr='secret-value'>secret-text</other></gpx>";

        var refusal = refusal(GpxSource.of(input.getBytes(UTF_8)), GpxLimits.DEFAULT);

        assertThat(refusal.toString()).doesNotContain("secret").doesNotContain("other");
        assertThat(refusal.getCause()).isNull();
    }

    @Test
    void readsNoFileThatAnEntityNames(@TempDir Path dir) throws IOException {
        Path secret = Files.writeString(dir.resolve("secret"), "secret");
        var input =
                "<!DOCTYPE gpx [<!ENTITY x SYSTEM '%s'>]><gpx><name>&x;</name></gpx>"
                        .formatted(secret.toUri());

        var refusal = refusal(GpxSource.of(input.getBytes(UTF_8)), GpxLimits.DEFAULT);

        assertThat(refusal.code()).isEqualTo(Code.GPX_DOCTYPE);
    }

    @Test
    void refusesBytesThatAreNotOfTheEncoding() {
        byte[] latin1 = (GPX + "\n<name>\u00e4rger</name></gpx>").getBytes(ISO_8859_1);

        var refusal = refusal(GpxSource.of(latin1), GpxLimits.DEFAULT);

        assertThat(refusal.code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void refusesAnEncodingNobodyKnows() {
        var input = "<?xml version='1.0' encoding='x-nobody'?><gpx/>";

        var refusal = refusal(GpxSource.of(input.getBytes(UTF_8)), GpxLimits.DEFAULT);

        assertThat(refusal.code()).isEqualTo(Code.MALFORMED);
    }

    static Stream<Arguments> excessive() {
        return Stream.of(
                Arguments.of("depth", GPX + "<extensions>" + "<a>".repeat(200_000)),
                Arguments.of(
                        "depth in a point",
                        GPX + "<wpt lat='1' lon='1'><extensions>" + "<a>".repeat(200_000)),
                Arguments.of("attributes", GPX + "<wpt" + attributes(100) + "/></gpx>"),
                Arguments.of("an attribute", GPX + "<wpt lat='" + "1".repeat(20_000) + "'/></gpx>"),
                Arguments.of("a text", GPX + "<name>" + "x".repeat(70_000) + "</name></gpx>"),
                Arguments.of(
                        "a text in parts",
                        GPX + "<name>" + "<![CDATA[x]]>y".repeat(70_000) + "</name></gpx>"),
                Arguments.of(
                        "a number",
                        GPX
                                + "<wpt lat='1' lon='1'><ele>"
                                + "1".repeat(70_000)
                                + "</ele></wpt></gpx>"),
                Arguments.of(
                        "links",
                        GPX
                                + "<metadata>"
                                + "<link href='a'/>".repeat(2_000)
                                + "</metadata></gpx>"));
    }

    private static String attributes(int count) {
        var all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(" a").append(i).append("=''");
        }
        return all.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("excessive")
    void refusesTooMuchOf(String what, String input) {
        var refusal = refusal(GpxSource.of(input.getBytes(UTF_8)), GpxLimits.DEFAULT);

        assertThat(refusal.code()).isEqualTo(Code.XML_LIMIT);
        assertThat(refusal.line()).isEqualTo(1);
        assertThat(refusal.column()).isPositive();
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                Arguments.of(
                        "points",
                        "<trk><trkseg>",
                        "<trkpt lat='1' lon='1'/>",
                        Code.TOO_MANY_POINTS),
                Arguments.of("bad points", "<trk><trkseg>", "<trkpt/>", Code.TOO_MANY_POINTS),
                Arguments.of("tracks", "", "<trk/>", Code.TOO_MANY_LINES),
                Arguments.of("segments", "<trk>", "<trkseg/>", Code.TOO_MANY_LINES),
                Arguments.of("routes", "", "<rte/>", Code.TOO_MANY_LINES),
                Arguments.of("space", "", "        ", Code.XML_LIMIT),
                Arguments.of("a comment", "<!--", "comment", Code.XML_LIMIT),
                Arguments.of("a name of an element", "<a", "aaaaaaaa", Code.XML_LIMIT),
                Arguments.of("unknown elements", "", "<x/><y/>", Code.TOO_LARGE),
                Arguments.of("junk after the end", "</gpx>", "<junk>", Code.TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void endsAnEndlessFileOf(String what, String head, String part, Code code) {
        GpxSource source = () -> endless(GPX + head, part.repeat(1_000));
        var limits = new GpxLimits(4 << 20, 10_000, 1_000, () -> Stop.NO);

        var refusal = refusal(source, limits);

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.line()).isPositive();
        assertThat(refusal.column()).isPositive();
    }

    @Test
    void endsAFileOfMillionsOfElementsThatSayNothing() {
        GpxSource source = () -> endless(GPX, "<x/><y/>".repeat(1_000));

        assertThat(refusal(source, GpxLimits.DEFAULT).code()).isEqualTo(Code.XML_LIMIT);
    }

    @Test
    void keepsNoMoreWordsThanItHasRoomFor() {
        var file = new StringBuilder(GPX);
        for (int i = 0; i < 200_000; i++) {
            file.append("<wpt lat='1' lon='1'><name>n").append(i).append("</name></wpt>");
        }
        GpxSource source = GpxSource.of(file.append("</gpx>").toString().getBytes(UTF_8));

        assertThat(refusal(source, GpxLimits.DEFAULT).code()).isEqualTo(Code.XML_LIMIT);
    }

    /** As recorders do that say of each point what measured it. */
    @Test
    void readsTheSameWordsOfEachPoint() throws IOException {
        String point = "<trkpt lat='1' lon='1'><src>gps</src><cmt>moving</cmt></trkpt>";
        String file = GPX + "<trk><trkseg>" + point.repeat(400_000) + "</trkseg></trk></gpx>";

        var reading =
                GpxReader.read(
                        GpxSource.of(file.getBytes(UTF_8)), Reading.LENIENT, GpxLimits.DEFAULT);

        assertThat(reading.document().linePointCount()).isEqualTo(400_000);
    }

    private static InputStream endless(String head, String part) {
        byte[] again = part.getBytes(UTF_8);
        var forever =
                new InputStream() {
                    private int at;

                    @Override
                    public int read() {
                        at = (at + 1) % again.length;
                        return again[(at + again.length - 1) % again.length];
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        int count = Math.min(length, again.length - at);
                        System.arraycopy(again, at, buffer, offset, count);
                        at = (at + count) % again.length;
                        return count;
                    }
                };
        return new SequenceInputStream(
                Collections.enumeration(
                        List.of(new ByteArrayInputStream(head.getBytes(UTF_8)), forever)));
    }

    @Test
    void stopsWhenToldTo() {
        var asked = new AtomicInteger();
        GpxSource source = () -> endless(GPX, "<x/><y/>".repeat(1_000));
        var cancelled =
                GpxLimits.DEFAULT.stoppedBy(
                        () -> asked.incrementAndGet() > 10 ? Stop.CANCELLED : Stop.NO);

        assertThat(refusal(source, cancelled).code()).isEqualTo(Code.CANCELLED);
        assertThat(refusal(source, GpxLimits.DEFAULT.stoppedBy(() -> Stop.TIMEOUT)).code())
                .isEqualTo(Code.TIMEOUT);
    }

    @Test
    void passesOnAFailureInTheMiddle() {
        GpxSource source =
                () ->
                        new SequenceInputStream(
                                new ByteArrayInputStream(GPX.getBytes(UTF_8)),
                                new InputStream() {
                                    @Override
                                    public int read() throws IOException {
                                        throw new IOException("connection lost");
                                    }
                                });

        assertThatThrownBy(() -> GpxReader.read(source, Reading.LENIENT, GpxLimits.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessage("connection lost");
    }

    private static GpxException refusal(GpxSource source, GpxLimits limits) {
        return assertTimeoutPreemptively(
                SOON,
                () ->
                        catchThrowableOfType(
                                GpxException.class,
                                () -> GpxReader.read(source, Reading.LENIENT, limits)));
    }
}
