package io.trekpoint.worker.gpx.read;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Fix;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Person;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.Warning.Code;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GpxReaderTest {

    private static final String GPX11 =
            "<gpx version='1.1' creator='test' xmlns='http://www.topografix.com/GPX/1/1'>";

    @Test
    void readsEveryFieldOfATrackPoint() throws IOException {
        var points =
                segment(
                        """
                        <trkpt lat='47.5' lon='-7.25'>
                         <ele>512.3</ele><time>2026-05-01T08:00:00Z</time><magvar>3</magvar>
                         <geoidheight>48.5</geoidheight><name>Gate</name><cmt>c</cmt><desc>d</desc>
                         <src>s</src><link href='https://a.example'><text>A</text></link>
                         <sym>Flag</sym><type>t</type><fix>3d</fix><sat>9</sat><hdop>1.5</hdop>
                         <vdop>2</vdop><pdop>2.5</pdop><ageofdgpsdata>4</ageofdgpsdata>
                         <dgpsid>7</dgpsid>
                        </trkpt>\
                        """);

        assertThat(points.lat(0)).isEqualTo(47.5);
        assertThat(points.lon(0)).isEqualTo(-7.25);
        assertThat(points.time(0)).isEqualTo(millis("2026-05-01T08:00:00Z"));
        assertThat(points.get(Channel.ELE, 0)).isEqualTo(512.3);
        assertThat(points.get(Channel.GEOIDHEIGHT, 0)).isEqualTo(48.5);
        assertThat(points.get(Channel.SAT, 0)).isEqualTo(9);
        assertThat(Fix.of(points.get(Channel.FIX, 0))).isEqualTo(Fix.THREE_D);
        assertThat(points.get(Channel.DGPS_ID, 0)).isEqualTo(7);
        var about = points.about(0);
        assertThat(about.name()).isEqualTo("Gate");
        assertThat(about.symbol()).isEqualTo("Flag");
        assertThat(about.links()).containsExactly(new Link("https://a.example", "A", null));
    }

    @Test
    void findsReadingsWhereverProgramsPutThem() throws IOException {
        var points =
                segment(
                        """
                        <trkpt lat='1' lon='1'><extensions><power>210</power>
                         <g:TrackPointExtension xmlns:g='urn:any'><g:hr>140</g:hr><g:cad>80</g:cad>
                         <g:atemp>21.5</g:atemp></g:TrackPointExtension></extensions></trkpt>
                        <trkpt lat='1' lon='1'><extensions><heartrate>141</heartrate>
                         <p:PowerExtension xmlns:p='urn:p'><p:PowerInWatts>211</p:PowerInWatts>
                         </p:PowerExtension></extensions></trkpt>
                        <trkpt lat='1' lon='1'/>\
                        """);

        assertThat(points.get(Channel.HR, 0)).isEqualTo(140);
        assertThat(points.get(Channel.CAD, 0)).isEqualTo(80);
        assertThat(points.get(Channel.TEMP, 0)).isEqualTo(21.5);
        assertThat(points.get(Channel.POWER, 0)).isEqualTo(210);
        assertThat(points.get(Channel.HR, 1)).isEqualTo(141);
        assertThat(points.get(Channel.POWER, 1)).isEqualTo(211);
        assertThat(points.get(Channel.HR, 2)).isNaN();
    }

    @Test
    void readsTheOlderVersion() throws IOException {
        var document =
                read("""
                <gpx version="1.0" creator="old" xmlns="http://www.topografix.com/GPX/1/0">
                 <name>N</name><author>Ann</author><email>ann@b.example</email>
                 <url>https://b.example</url><urlname>B</urlname>
                 <trk><url>https://t.example</url><trkseg><trkpt lat="1" lon="2">
                 <course>90</course><speed>1.5</speed></trkpt></trkseg></trk></gpx>\
                """)
                        .document();

        assertThat(document.metadata().name()).isEqualTo("N");
        assertThat(document.metadata().author())
                .isEqualTo(new Person("Ann", "ann@b.example", null));
        assertThat(document.metadata().links())
                .containsExactly(new Link("https://b.example", "B", null));
        var track = document.tracks().get(0);
        assertThat(track.about().links())
                .containsExactly(new Link("https://t.example", null, null));
        assertThat(track.segments().get(0).get(Channel.SPEED, 0)).isEqualTo(1.5);
        assertThat(track.segments().get(0).get(Channel.COURSE, 0)).isEqualTo(90);
    }

    @Test
    void leavesOutPointsWithoutAPositionAndCountsThem() throws IOException {
        var reading =
                read(
                        GPX11
                                + """

                                <wpt lat='NaN' lon='1'/>
                                <wpt lat='91' lon='1'/>
                                <wpt lon='1'/>
                                <wpt lat='1' lon='1d'/>
                                <wpt lat='1' lon='1'/></gpx>\
                                """);

        assertThat(reading.document().waypoints().size()).isEqualTo(1);
        assertThat(reading.dropped()).isEqualTo(4);
        assertThat(reading.warnings())
                .containsExactly(new Warning(Code.POINT_WITHOUT_POSITION, 4, 2));
    }

    @Test
    void leavesOutValuesThatAreNoneAndCountsThem() throws IOException {
        var reading =
                read(
                        GPX11
                                + """
                                <wpt lat='1' lon='1'><ele>high</ele><time>noon</time></wpt>
                                <wpt lat='1' lon='1'><ele>-32768</ele><unheard>of</unheard></wpt>
                                <wpt lat='1' lon='1'><ele/><time/><name> </name></wpt>
                                <wpt lat='1' lon='190.5'><link/><time>2026-05-01T08:00:00</time></wpt>
                                </gpx>\
                                """);

        var points = reading.document().waypoints();
        assertThat(points.has(Channel.ELE)).isFalse();
        assertThat(points.lon(3)).isEqualTo(-169.5);
        assertThat(reading.warnings())
                .containsExactlyInAnyOrder(
                        new Warning(Code.NUMBER_INVALID, 1, 1),
                        new Warning(Code.TIME_INVALID, 1, 1),
                        new Warning(Code.NUMBER_OUT_OF_RANGE, 1, 2),
                        new Warning(Code.UNKNOWN_ELEMENT, 1, 2),
                        new Warning(Code.LONGITUDE_WRAPPED, 1, 4),
                        new Warning(Code.LINK_WITHOUT_TARGET, 1, 4),
                        new Warning(Code.TIME_WITHOUT_ZONE, 1, 4));
    }

    @Test
    void readsPrefixesWithoutDeclarationInASecondPass() throws IOException {
        var reading =
                read(
                        GPX11
                                + """

                                <trk><trkseg><trkpt lat='1' lon='2'><extensions>
                                <gpxtpx:hr>99</gpxtpx:hr></extensions></trkpt></trkseg></trk></gpx>\
                                """);

        var segment = reading.document().tracks().get(0).segments().get(0);
        assertThat(segment.get(Channel.HR, 0)).isEqualTo(99);
        assertThat(reading.warnings()).containsExactly(new Warning(Code.UNDECLARED_PREFIX, 1, 3));
    }

    @Test
    void readsAttributesOfPrefixesWithoutDeclaration() throws IOException {
        var reading =
                read("<gpx version='1.1' xsi:schemaLocation='x'><wpt lat='1' lon='2'/></gpx>");

        assertThat(reading.document().waypoints().size()).isEqualTo(1);
        assertThat(reading.warnings()).containsExactly(new Warning(Code.UNDECLARED_PREFIX, 1, 1));
    }

    @Test
    void ignoresOtherVocabulariesEvenWhereTheyUseItsNames() throws IOException {
        var reading = read(GPX11 + "<x:wpt xmlns:x='urn:x' lat='1' lon='2'/></gpx>");

        assertThat(reading.document().waypoints().size()).isZero();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void readsAPrefixedVocabulary() throws IOException {
        var reading =
                read(
                        "<g:gpx version='1.1' xmlns:g='http://www.topografix.com/GPX/1/1'>"
                                + "<g:wpt lat='1' lon='2'/></g:gpx>");

        assertThat(reading.document().waypoints().size()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatComesAfterTheEnd() throws IOException {
        var reading = read(GPX11 + "</gpx>\n<gpx/>\u0000");

        assertThat(reading.warnings())
                .extracting(Warning::code)
                .containsExactly(Code.CONTENT_AFTER_END);
    }

    @Test
    void digestsTheWholeInput() throws Exception {
        byte[] bytes = (GPX11 + "</gpx>\n<junk" + " ".repeat(50_000)).getBytes(UTF_8);

        var reading = GpxReader.read(GpxSource.of(bytes), Reading.LENIENT, GpxLimits.DEFAULT);

        var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertThat(reading.bytes()).isEqualTo(bytes.length);
        assertThat(reading.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void readsOtherEncodings() throws IOException {
        String xml =
                "<?xml version='1.0' encoding='UTF-16'?><gpx version='1.1'><wpt lat='1' lon='2'>"
                        + "<name>Gänserndorf</name></wpt></gpx>";

        var reading =
                GpxReader.read(
                        GpxSource.of(xml.getBytes(UTF_16)), Reading.LENIENT, GpxLimits.DEFAULT);

        assertThat(reading.document().waypoints().about(0).name()).isEqualTo("Gänserndorf");
    }

    @Test
    void joinsTextAndCharacterData() throws IOException {
        var reading =
                read(
                        GPX11
                                + "<wpt lat='1' lon='2'><name> a &amp; <![CDATA[<b>]]>&#x20AC;\n</name></wpt></gpx>");

        assertThat(reading.document().waypoints().about(0).name()).isEqualTo("a & <b>€");
    }

    @Test
    void passesOnTheFailureOfItsSource() {
        GpxSource broken =
                () -> {
                    throw new IOException("disk");
                };

        assertThatThrownBy(() -> GpxReader.read(broken, Reading.LENIENT, GpxLimits.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    private static Points segment(String points) throws IOException {
        var reading = read(GPX11 + "<trk><trkseg>" + points + "</trkseg></trk></gpx>");
        assertThat(reading.warnings()).isEmpty();
        return reading.document().tracks().get(0).segments().get(0);
    }

    private static GpxReading read(String xml) throws IOException {
        return GpxReader.read(
                GpxSource.of(xml.getBytes(UTF_8)), Reading.LENIENT, GpxLimits.DEFAULT);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
