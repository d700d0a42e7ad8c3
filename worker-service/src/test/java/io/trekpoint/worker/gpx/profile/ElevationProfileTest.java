package io.trekpoint.worker.gpx.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.gpx.GpxTask.Profile;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Points;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ElevationProfileTest {

    @Test
    void keepsEveryPeakHoweverNarrowTheDrawing() throws IOException {
        var line = new Points();
        for (int i = 0; i < 100_000; i++) {
            line.add(i * 1e-6, 0);
            line.set(Channel.ELE, i == 54_321 ? 999 : i == 12_345 ? -99 : 100);
        }

        var json = new ObjectMapper().readTree(json(Lines.track(line), 100, 0));

        assertThat(json.get("eleMaxM").asDouble()).isEqualTo(999);
        assertThat(json.get("eleMinM").asDouble()).isEqualTo(-99);
        assertThat(json.get("profile").size()).isBetween(200, 404);
        assertThat(json.get("lengthM").asDouble()).isCloseTo(11_119.4, within(0.2));
    }

    @Test
    void smoothsOverGroundAndNotOverPoints() {
        var relief = Relief.of(List.of(climb(0, 100, 0, 100, 0))).smoothed(250);

        assertThat(IntStream.range(0, relief.size()).mapToDouble(relief::elevationM).toArray())
                .usingComparatorWithPrecision(0.01)
                .containsExactly(50, 33.33, 66.67, 33.33, 50);
    }

    @Test
    void drawsAcrossTheDateline() {
        var thumbnail = Thumbnail.of(List.of(Lines.of(0, 179, 0, -179, 1, -179)), 104);

        // Two degrees wide and one high: 96 pixels of room, the line in the middle.
        assertThat(thumbnail.lines().getFirst()).containsExactly(4, 76, 100, 76, 100, 28);
    }

    @Test
    void writesAWellFormedDrawingOfBothParts() throws Exception {
        var out = new ByteArrayOutputStream();
        boolean drawn =
                ElevationProfile.write(
                        Lines.track(climb(1, 2, 3)),
                        new Profile(ReadingMode.LENIENT, 400, 100, 0, Profile.Form.SVG),
                        out);

        var svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(out.toByteArray()))
                        .getDocumentElement();
        assertThat(drawn).isTrue();
        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 500 100");
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1);
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    }

    @Test
    void saysWhereThereIsNothingToDraw() throws IOException {
        var out = new ByteArrayOutputStream();

        boolean drawn =
                ElevationProfile.write(
                        Lines.track(Lines.of(1, 2, 3, 4)),
                        new Profile(ReadingMode.LENIENT, 400, 100, 0, Profile.Form.JSON),
                        out);

        assertThat(drawn).isFalse();
        assertThat(out.toString(UTF_8)).contains("\"profile\":[]").doesNotContain("eleMinM");
    }

    /** A hundred metres from point to point, about. */
    private static Points climb(double... elevations) {
        var line = new Points();
        for (int i = 0; i < elevations.length; i++) {
            line.add(i * 0.0009, 0);
            line.set(Channel.ELE, elevations[i]);
        }
        return line;
    }

    private static String json(GpxDocument document, int width, double smoothingM)
            throws IOException {
        var out = new ByteArrayOutputStream();
        ElevationProfile.write(
                document,
                new Profile(ReadingMode.LENIENT, width, 100, smoothingM, Profile.Form.JSON),
                out);
        return out.toString(UTF_8);
    }
}
