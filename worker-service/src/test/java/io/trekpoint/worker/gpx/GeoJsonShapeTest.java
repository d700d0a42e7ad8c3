package io.trekpoint.worker.gpx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A file with every feature, and what @tmcw/togeojson 7.1.3 with @xmldom/xmldom makes of it. */
class GeoJsonShapeTest {

    private static final String SAMPLE = "/gpx/every-feature.gpx";
    private static final String THEIRS = "/gpx/every-feature.togeojson-7.1.3.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isThatOfTogeojson() throws IOException {
        var out = new ByteArrayOutputStream();
        GpxJob.run(
                new GpxTask.Convert(ReadingMode.LENIENT, Writing.of(Target.GEOJSON)),
                List.of(GpxSource.of(bytes(SAMPLE))),
                GpxLimits.DEFAULT,
                out);

        var ours = JSON.readTree(out.toByteArray());

        var theirs = JSON.readTree(bytes(THEIRS));
        theirs.get("features").forEach(GeoJsonShapeTest::leaveOutWhatOnlyTheyHave);
        assertThat(ours.get("features")).hasSize(5);
        assertThat(ours.toPrettyString()).isEqualTo(inOurOrder(theirs, ours).toPrettyString());
    }

    /** They take the first time and the last readings inside a line for properties of the line. */
    private static void leaveOutWhatOnlyTheyHave(JsonNode feature) {
        var properties = (ObjectNode) feature.get("properties");
        if (properties.has("_gpxType")) {
            properties.remove("time");
            properties.remove(
                    List.of(
                            "gpxtpx_TrackPointExtension",
                            "gpxtpx_atemp",
                            "gpxtpx_hr",
                            "gpxtpx_cad"));
            if (properties.path("coordinateProperties").isEmpty()) {
                properties.remove("coordinateProperties");
            }
        }
    }

    /** The same tree with the fields of its objects in the order of another. */
    private static JsonNode inOurOrder(JsonNode theirs, JsonNode ours) {
        if (theirs.isArray()) {
            var array = JSON.createArrayNode();
            for (int i = 0; i < theirs.size(); i++) {
                array.add(inOurOrder(theirs.get(i), ours.path(i)));
            }
            return array;
        }
        if (!theirs.isObject()) {
            return theirs;
        }
        var object = JSON.createObjectNode();
        ours.fieldNames()
                .forEachRemaining(name -> {
                    if (theirs.has(name)) {
                        object.set(name, inOurOrder(theirs.get(name), ours.get(name)));
                    }
                });
        theirs.properties().forEach(field -> object.putIfAbsent(field.getKey(), field.getValue()));
        return object;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = GeoJsonShapeTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
