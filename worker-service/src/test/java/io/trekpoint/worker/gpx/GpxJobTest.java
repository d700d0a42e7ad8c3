package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxLimits.Stop;
import io.trekpoint.worker.gpx.read.GpxSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GpxJobTest {

    private static final String WALK =
            """
            <gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1">
             <wpt lat="46.0" lon="8.0"><name>Hut</name></wpt>
             <trk><name>Walk</name><trkseg>
              <trkpt lat="46.0" lon="8.0"><ele>500</ele><time>2026-05-01T08:00:00Z</time></trkpt>
              <trkpt lat="46.001" lon="8.0"><ele>510</ele><time>2026-05-01T08:02:00Z</time></trkpt>
              <trkpt lat="95" lon="8.0"/>
             </trkseg></trk>
            </gpx>
            """;

    @Test
    void keepsItsResultSmallHoweverManyAndLongTheTracks() throws Exception {
        var track =
                "<trk><name>"
                        + "n".repeat(5_000)
                        + "</name><trkseg><trkpt lat='1' lon='2'/></trkseg></trk>";
        var gpx =
                "<gpx version='1.1' creator='"
                        + "c".repeat(5_000)
                        + "'>"
                        + track.repeat(900)
                        + "</gpx>";

        var result =
                GpxJob.run(
                        export(Target.GPX11),
                        List.of(source(gpx)),
                        GpxLimits.DEFAULT,
                        OutputStream.nullOutputStream());

        var text = ResultJson.text(result);
        assertThat(text.length()).isLessThan(256 * 1024);
        var data = new ObjectMapper().readTree(text).path("data");
        assertThat(data.path("tracks").path(0).path("name").asText()).hasSize(201);
        assertThat(data.path("omitted").asInt()).isPositive();
        assertThat(data.path("total").path("points").asInt()).isEqualTo(900);
    }

    @ParameterizedTest
    @EnumSource
    void digestsWhatItReadsAndWrites(Target format) throws Exception {
        var out = new ByteArrayOutputStream();

        var result = GpxJob.run(export(format), List.of(source(WALK)), GpxLimits.DEFAULT, out);

        assertThat(result.inputs().getFirst().bytes()).isEqualTo(WALK.length());
        assertThat(result.inputs().getFirst().sha256()).isEqualTo(sha256(WALK.getBytes(UTF_8)));
        assertThat(result.output().mediaType()).isEqualTo(format.mediaType());
        assertThat(result.output().bytes()).isEqualTo(out.size());
        assertThat(result.output().sha256()).isEqualTo(sha256(out.toByteArray()));
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSameBytesForTheSameInput(Target format) throws IOException {
        var first = new ByteArrayOutputStream();
        var second = new ByteArrayOutputStream();

        GpxJob.run(export(format), List.of(source(WALK)), GpxLimits.DEFAULT, first);
        GpxJob.run(export(format), List.of(source(WALK)), GpxLimits.DEFAULT, second);

        assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
    }

    @Test
    void describesItsResultInJson() throws IOException {
        var result =
                GpxJob.run(
                        export(Target.KML),
                        List.of(source(WALK)),
                        GpxLimits.DEFAULT,
                        OutputStream.nullOutputStream());

        var json = new ObjectMapper().readTree(ResultJson.text(result));

        assertThat(json.at("/type").asText()).isEqualTo("export");
        assertThat(json.at("/engineVersion").asText()).isEqualTo(GpxJob.ENGINE_VERSION);
        assertThat(json.at("/input/gpxVersion").asText()).isEqualTo("1.1");
        assertThat(json.at("/input/creator").asText()).isEqualTo("watch");
        assertThat(json.at("/counts"))
                .hasToString(
                        "{\"waypoints\":1,\"routes\":0,\"tracks\":1,\"segments\":1,\"points\":2,"
                                + "\"dropped\":1}");
        assertThat(json.at("/warnings"))
                .hasToString("[{\"code\":\"POINT_WITHOUT_POSITION\",\"count\":1,\"firstLine\":6}]");
        assertThat(json.at("/data/total"))
                .hasToString(
                        "{\"points\":2,\"length2dM\":111.1951,\"length3dM\":111.6438,"
                                + "\"ascentM\":10.0,\"descentM\":0.0,\"eleMinM\":500.0,"
                                + "\"eleMaxM\":510.0,\"startTime\":\"2026-05-01T08:00:00Z\","
                                + "\"endTime\":\"2026-05-01T08:02:00Z\",\"elapsedS\":120.0,"
                                + "\"movingS\":120.0,\"stoppedS\":0.0,\"movingM\":111.1951,\"stoppedM\":0.0,"
                                + "\"avgSpeedMps\":0.9266,\"maxSpeedMps\":0.9266,"
                                + "\"bbox\":[8.0,46.0,8.0,46.001]}");
        assertThat(json.at("/data/tracks/0/name").asText()).isEqualTo("Walk");
        assertThat(json.at("/data/tracks/0/segments/0")).isEqualTo(json.at("/data/total"));
        assertThat(json.at("/data/method"))
                .hasToString(
                        "{\"distance\":\"haversine\",\"ascent\":\"hysteresis\","
                                + "\"thresholdM\":5.0,\"moving\":{\"minKmh\":1.0,\"minStopS\":0.0}}");
    }

    @Test
    void leavesOutWhatIsAbsent() throws IOException {
        var result =
                GpxJob.run(
                        export(Target.GEOJSON),
                        List.of(source("<gpx/>")),
                        GpxLimits.DEFAULT,
                        OutputStream.nullOutputStream());

        var json = new ObjectMapper().readTree(ResultJson.text(result));

        assertThat(json.at("/data/total"))
                .hasToString(
                        "{\"points\":0,\"length2dM\":0.0,\"length3dM\":0.0,\"ascentM\":0.0,"
                                + "\"descentM\":0.0}");
        assertThat(json.at("/input").fieldNames()).toIterable().containsExactly("bytes", "sha256");
    }

    @ParameterizedTest
    @EnumSource
    void exportsWithoutWhatPrivacyHidesHoweverThinned(Target format) throws IOException {
        var gpx =
                """
                <gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1">
                 <metadata><time>2026-05-01T07:59:59Z</time>
                  <bounds minlat="46.111" minlon="8.111" maxlat="46.3" maxlon="8.3"/></metadata>
                 <wpt lat="46.1111" lon="8.1111"><name>Home</name></wpt>
                 <trk><trkseg>
                  <trkpt lat="46.1112" lon="8.1112"><time>2026-05-01T08:00:00Z</time></trkpt>
                  <trkpt lat="46.2" lon="8.2"><time>2026-05-01T09:00:00Z</time></trkpt>
                  <trkpt lat="46.25" lon="8.25"><time>2026-05-01T09:30:00Z</time></trkpt>
                  <trkpt lat="46.3" lon="8.3"><time>2026-05-01T10:00:00Z</time></trkpt>
                  <trkpt lat="46.1113" lon="8.1113"><time>2026-05-01T11:00:00Z</time></trkpt>
                 </trkseg></trk>
                </gpx>
                """;
        var zone = new Privacy.Zone(46.1112, 8.1112, 200);
        var task =
                new GpxTask.Export(
                        ReadingMode.LENIENT,
                        Optional.of(new Privacy(0, 0, List.of(zone), false)),
                        Optional.of(
                                new Simplifying(
                                        Simplifying.Algorithm.RDP,
                                        OptionalDouble.of(1_000),
                                        OptionalInt.empty(),
                                        false)),
                        Writing.of(format));
        var out = new ByteArrayOutputStream();

        var result = GpxJob.run(task, List.of(source(gpx)), GpxLimits.DEFAULT, out);

        assertThat(out.toString(UTF_8) + ResultJson.text(result))
                .doesNotContain("46.111", "8.111", "Home", "T07:59:59", "T08:00:00", "T11:00:00");
        assertThat(out.toString(UTF_8)).doesNotContain("8.25");
        assertThat(result.data().removed()).isEqualTo(new GpxResult.Removed(2, 1));
        assertThat(result.data().thinned()).extracting(thin -> thin.after()).isEqualTo(2);
        assertThat(result.data().measures().total().points()).isEqualTo(2);
    }

    @Test
    void staysSmallWhereEveryNameIsEscaped() throws IOException {
        var name = "&lt;&#x202e;".repeat(200);
        var gpx =
                "<gpx>"
                        + ("<trk><name>"
                                        + name
                                        + "</name><trkseg>"
                                        + "<trkpt lat='1' lon='2'><ele>1</ele><time>2026-01-01T00:00:00.001Z</time>"
                                        + "<extensions><hr>99.9999</hr><cad>99.9999</cad></extensions></trkpt>"
                                        + "</trkseg></trk>")
                                .repeat(300)
                        + "</gpx>";

        var result =
                GpxJob.run(
                        export(Target.GPX11),
                        List.of(source(gpx)),
                        GpxLimits.DEFAULT,
                        OutputStream.nullOutputStream());

        assertThat(ResultJson.text(result).length()).isLessThan(256 * 1024);
    }

    @Test
    void writesNothingOfAFileItCannotRead() {
        var out = new ByteArrayOutputStream();

        assertThatThrownBy(() ->
                        GpxJob.run(
                                export(Target.GPX11),
                                List.of(source(WALK.replace("</gpx>", ""))),
                                GpxLimits.DEFAULT,
                                out))
                .isInstanceOf(GpxException.class);
        assertThat(out.size()).isZero();
    }

    @Test
    void stopsWhileWriting() {
        var writing = new AtomicBoolean();
        var limits = GpxLimits.DEFAULT.stoppedBy(() -> writing.get() ? Stop.TIMEOUT : Stop.NO);
        var out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        writing.set(true);
                    }
                };

        assertThatThrownBy(
                        () -> GpxJob.run(export(Target.KML), List.of(source(ride(1))), limits, out))
                .isInstanceOfSatisfying(
                        GpxException.class,
                        e -> assertThat(e.code()).isEqualTo(GpxException.Code.TIMEOUT));
    }

    private static String ride(int megabytes) {
        var gpx = new StringBuilder(megabytes << 20);
        gpx.append("<gpx version='1.1' xmlns='http://www.topografix.com/GPX/1/1'><trk><trkseg>");
        var start = Instant.parse("2026-05-01T08:00:00Z");
        for (int i = 0; gpx.length() < megabytes << 20; i++) {
            gpx.append(
                    """
                    <trkpt lat="%.7f" lon="%.7f">
                     <ele>%.1f</ele>
                     <time>%s</time>
                     <extensions><g:TrackPointExtension xmlns:g="urn:g">
                      <g:hr>%d</g:hr><g:cad>80</g:cad>
                     </g:TrackPointExtension></extensions>
                    </trkpt>
                    """
                            .formatted(
                                    46 + Math.sin(i / 900.0) / 10,
                                    8 + Math.cos(i / 900.0) / 10,
                                    500 + 90 * Math.sin(i / 70.0),
                                    start.plusSeconds(i),
                                    120 + i % 40));
        }
        return gpx.append("</trkseg></trk></gpx>").toString();
    }

    private static GpxTask export(Target to) {
        return new GpxTask.Export(
                ReadingMode.LENIENT, Optional.empty(), Optional.empty(), Writing.of(to));
    }

    private static GpxSource source(String gpx) {
        return GpxSource.of(gpx.getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
