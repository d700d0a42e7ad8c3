package io.trekpoint.worker.gpx.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.write.Gpx11Writer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivatizerTest {

    @Test
    void trimsTheStartAndTheEndOfATrackOverItsSegments() {
        // A thousandth of a degree is 111.19 metres.
        var walk =
                Lines.track(Lines.of(0, 0, 1e-3, 0), Lines.of(2e-3, 0, 3e-3, 0, 4e-3, 0, 5e-3, 0));

        var hidden = run(walk, new Privacy(112, 111, List.of(), false));

        assertThat(Lines.sizes(hidden.document())).hasToString("[[2]]");
        assertThat(Lines.latitudes(Lines.first(hidden.document()))).containsExactly(3e-3, 4e-3);
        assertThat(hidden.removedPoints()).isEqualTo(4);
    }

    @Test
    void leavesNothingOfALineShorterThanItsTrim() {
        assertThat(
                        run(
                                        Lines.track(Lines.of(0, 0, 1e-3, 0)),
                                        new Privacy(80, 80, List.of(), false))
                                .document()
                                .tracks())
                .isEmpty();
    }

    @Test
    void cutsALineThatLeadsThroughAZoneWithoutAPointInIt() {
        var line = Lines.of(46, 7.99, 46, 8.01, 46, 8.02);

        var hidden = run(Lines.track(line), zone(46.0005, 8, 200));

        assertThat(Lines.sizes(hidden.document())).hasToString("[[1, 2]]");
        assertThat(hidden.removedPoints()).isZero();
    }

    @Test
    void showsNoPointAndNoLineInsideAZone() {
        var random = new Random(5);
        var line = new Points();
        for (int i = 0; i < 2_000; i++) {
            line.add(46 + random.nextGaussian() * 0.01, 8 + random.nextGaussian() * 0.01);
        }

        var hidden = run(Lines.track(line), zone(46, 8, 300)).document();

        for (var segment : hidden.tracks().getFirst().segments()) {
            for (int i = 0; i < segment.size(); i++) {
                assertThat(metres(46, 8, segment.lat(i), segment.lon(i))).isGreaterThan(300);
                if (i > 0) {
                    assertThat(nearest(segment, i)).isGreaterThan(300);
                }
            }
        }
    }

    @Test
    void takesWaypointsAndRoutePointsInsideAZone() {
        var file = Lines.track(Lines.of(10, 10, 10, 11));
        var withMore = file.with(Lines.of(46, 8, 47, 9), List.of(), file.tracks());

        var hidden = run(withMore, zone(46, 8, 1_000));

        assertThat(hidden.document().waypoints().size()).isEqualTo(1);
        assertThat(hidden.removedWaypoints()).isEqualTo(1);
    }

    @Test
    void leavesNoTraceOfWhatItHides() throws IOException {
        var line = new Points();
        line.add(46.123456, 8.654321);
        line.setTime(1_700_000_000_000L);
        line.setAbout(
                new About(null, null, null, null, List.of(), null, null, null, "<x>46.123456</x>"));
        line.add(46.2, 8.7);
        line.setTime(1_700_000_600_000L);
        line.setAbout(
                new About(null, null, null, null, List.of(), null, null, null, "<x>46.123456</x>"));
        var file =
                Lines.track(line)
                        .with(
                                new Metadata(
                                        "n",
                                        null,
                                        null,
                                        null,
                                        List.of(),
                                        1_700_000_000_000L,
                                        null,
                                        "<home>46.123456</home>"));

        var gpx = gpx(run(file, zone(46.123456, 8.654321, 500)).document());

        assertThat(gpx).doesNotContain("46.123456", "8.654321", "2023-11-14T22:13:20Z", "home");
        assertThat(gpx).contains("46.2");
    }

    @Test
    void trimsEveryTrackForItself() {
        var about = About.NOTHING;
        var line = Lines.of(0, 0, 1e-3, 0, 2e-3, 0, 3e-3, 0);
        var file =
                Lines.track(line)
                        .with(
                                new Points(),
                                List.of(new Route(about, line)),
                                List.of(
                                        new Track(about, List.of(line)),
                                        new Track(about, List.of(line))));

        var hidden = run(file, new Privacy(100, 100, List.of(), false)).document();

        assertThat(Lines.sizes(hidden)).hasToString("[[2], [2]]");
        assertThat(hidden.routes().getFirst().points().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"10, 179.999", "10, -179.999", "89.999, 0", "-90, 0"})
    void knowsNoSeamAndNoPole(double lat, double lon) {
        var line = new Points();
        var inside = Geodesic.WGS84.Direct(lat, lon, 90, 400);
        line.add(inside.lat2, inside.lon2);
        var outside = Geodesic.WGS84.Direct(lat, lon, 90, 600);
        line.add(outside.lat2, outside.lon2);

        var hidden = run(Lines.track(line), zone(lat, lon, 500)).document();

        assertThat(Lines.sizes(hidden)).hasToString("[[1]]");
        assertThat(Lines.first(hidden).lat(0)).isEqualTo(outside.lat2);
    }

    /** Nothing is put in at the edge: places there would tell the centre and the radius. */
    @Test
    void cutsAtPointsOfTheLineAndMakesNone() {
        var line = Lines.timed(46, 7.98, 1, 46, 7.99, 2, 46, 8, 3, 46, 8.01, 4, 46, 8.02, 5);

        var hidden = run(Lines.track(line), zone(46, 8, 100)).document();

        assertThat(Lines.sizes(hidden)).hasToString("[[2, 2]]");
        assertThat(Lines.seconds(Lines.first(hidden))).containsExactly(1, 2);
    }

    @Test
    void boundsAndTimesAreOfWhatIsLeft() throws IOException {
        var line =
                Lines.timed(46, 8, 1_000_000_000, 46.5, 8.5, 1_000_000_600, 46.6, 8.6, 1e9 + 900);

        var gpx = gpx(run(Lines.track(line), zone(46, 8, 1_000)).document());

        assertThat(gpx)
                .contains("<bounds minlat=\"46.5\" minlon=\"8.5\" maxlat=\"46.6\" maxlon=\"8.6\"/>")
                .doesNotContain("2001-09-09T01:46:40Z");
    }

    @Test
    void stripsEveryTime() throws IOException {
        var file = Lines.track(Lines.timed(1, 2, 3, 4, 5, 6));

        assertThat(gpx(run(file, new Privacy(0, 0, List.of(), true)).document()))
                .doesNotContain("<time>");
    }

    private static MadePrivate run(GpxDocument document, Privacy wanted) {
        return Privatizer.run(document, wanted, GpxLimits.DEFAULT);
    }

    private static Privacy zone(double lat, double lon, double radiusM) {
        return new Privacy(0, 0, List.of(new Privacy.Zone(lat, lon, radiusM)), false);
    }

    private static double metres(double lat1, double lon1, double lat2, double lon2) {
        return Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2).s12;
    }

    /** The nearest of a hundred places on a leg to the centre of the zone. */
    private static double nearest(Points line, int i) {
        var leg =
                Geodesic.WGS84.InverseLine(
                        line.lat(i - 1), line.lon(i - 1), line.lat(i), line.lon(i));
        double nearest = Double.MAX_VALUE;
        for (int k = 0; k <= 100; k++) {
            var place = leg.Position(leg.Distance() * k / 100);
            nearest = Math.min(nearest, metres(46, 8, place.lat2, place.lon2));
        }
        return nearest;
    }

    private static String gpx(GpxDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        Gpx11Writer.write(document, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
