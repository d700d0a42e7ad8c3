package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenetics.jpx.GPX;
import io.jenetics.jpx.WayPoint;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.read.Reading;
import io.trekpoint.worker.gpx.write.Gpx11Writer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as GPX 1.1 is read back as the same, by our reader and by another. */
class RoundTripTest {

    private static final Reading STRICT_AND_WHOLE = new Reading(ReadingMode.STRICT, true);

    @Provide
    Arbitrary<GpxDocument> documents() {
        return AnyDocument.documents();
    }

    /** The other reader refuses links that are no URIs, and has no place for every reading. */
    @Provide
    Arbitrary<GpxDocument> simple() {
        return AnyDocument.documents().map(RoundTripTest::simple);
    }

    @Property(tries = 300)
    void readsBackWhatItWrote(@ForAll("documents") GpxDocument document) throws IOException {
        byte[] gpx = written(document);

        var again = GpxReader.read(GpxSource.of(gpx), STRICT_AND_WHOLE, GpxLimits.DEFAULT);

        assertThat(Columns.of(again.document())).isEqualTo(Columns.of(document));
        assertThat(written(again.document())).isEqualTo(gpx);
    }

    /** GPX 1.1 parts what 1.0 says as a whole. */
    @ParameterizedTest
    @ValueSource(strings = {"a @b", "a@ b", "a@b @c", "ann@b.example"})
    void keepsAnAddressToTheLetter(String email) throws IOException {
        String file =
                "<gpx version='1.0' creator='t' xmlns='http://www.topografix.com/GPX/1/0'><email>%s</email></gpx>"
                        .formatted(email);
        var lenient = new Reading(ReadingMode.LENIENT, true);
        var read = GpxReader.read(GpxSource.of(file.getBytes(UTF_8)), lenient, GpxLimits.DEFAULT);

        var again =
                GpxReader.read(
                        GpxSource.of(written(read.document())),
                        STRICT_AND_WHOLE,
                        GpxLimits.DEFAULT);

        assertThat(again.document().metadata()).isEqualTo(read.document().metadata());
        assertThat(again.document().metadata().author()).isNotNull();
        assertThat(again.document().metadata().author().email()).isEqualTo(email);
    }

    @Property(tries = 100)
    void writesWhatAnotherReaderReads(@ForAll("simple") GpxDocument document) throws IOException {
        var gpx =
                GPX.Reader.of(GPX.Reader.Mode.STRICT)
                        .read(new ByteArrayInputStream(written(document)));

        assertThat(
                        gpx.getMetadata()
                                .flatMap(metadata -> metadata.getTime())
                                .map(Instant::toEpochMilli)
                                .orElse(Points.NO_TIME))
                .isEqualTo(document.metadata().time());
        check(gpx.getWayPoints(), document.waypoints());
        for (int i = 0; i < document.routes().size(); i++) {
            check(gpx.getRoutes().get(i).getPoints(), document.routes().get(i).points());
        }
        var segments = new ArrayList<Points>();
        document.tracks().forEach(track -> segments.addAll(track.segments()));
        segments.removeIf(segment -> segment.size() == 0);
        var theirs =
                gpx.tracks()
                        .flatMap(track -> track.segments())
                        .filter(segment -> !segment.isEmpty())
                        .toList();
        assertThat(theirs).hasSameSizeAs(segments);
        for (int i = 0; i < segments.size(); i++) {
            check(theirs.get(i).getPoints(), segments.get(i));
        }
    }

    private static GpxDocument simple(GpxDocument document) {
        return new GpxDocument(
                "1.1",
                "any",
                Metadata.NOTHING.at(document.metadata().time()),
                simple(document.waypoints()),
                document.routes().stream()
                        .map(route -> new Route(About.NOTHING, simple(route.points())))
                        .toList(),
                document.tracks().stream()
                        .map(track ->
                                new Track(
                                        About.NOTHING,
                                        track.segments().stream()
                                                .map(RoundTripTest::simple)
                                                .toList()))
                        .toList(),
                null);
    }

    private static Points simple(Points points) {
        var simple = new Points();
        for (int i = 0; i < points.size(); i++) {
            simple.add(points.lat(i), points.lon(i));
            if (points.time(i) != Points.NO_TIME) {
                simple.setTime(points.time(i));
            }
            double ele = points.get(Channel.ELE, i);
            if (!Double.isNaN(ele)) {
                simple.set(Channel.ELE, ele);
            }
            var about = points.about(i);
            simple.setAbout(
                    new About(
                            about.name(),
                            about.comment(),
                            about.description(),
                            about.source(),
                            List.of(),
                            about.symbol(),
                            about.type(),
                            null,
                            null));
        }
        return simple;
    }

    private static void check(List<WayPoint> theirs, Points ours) {
        assertThat(theirs).hasSize(ours.size());
        for (int i = 0; i < ours.size(); i++) {
            var point = theirs.get(i);
            assertThat(point.getLatitude().doubleValue()).isEqualTo(ours.lat(i));
            assertThat(point.getLongitude().doubleValue()).isEqualTo(ours.lon(i));
            assertThat(point.getElevation().map(ele -> ele.doubleValue()).orElse(Double.NaN))
                    .isEqualTo(Double.valueOf(ours.get(Channel.ELE, i)));
            assertThat(point.getTime().map(Instant::toEpochMilli).orElse(Points.NO_TIME))
                    .isEqualTo(ours.time(i));
            assertThat(point.getName().orElse(null)).isEqualTo(ours.about(i).name());
            assertThat(point.getDescription().orElse(null)).isEqualTo(ours.about(i).description());
            assertThat(point.getSymbol().orElse(null)).isEqualTo(ours.about(i).symbol());
        }
    }

    private static byte[] written(GpxDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        Gpx11Writer.write(document, out);
        return out.toByteArray();
    }
}
