package io.trekpoint.worker.gpx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of job over every real file: an output, a result of the documented shape, twice. */
class EveryTaskTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> RESULT =
            Set.of("type", "engineVersion", "input", "counts", "warnings", "output", "data");
    private static final Set<String> ALWAYS =
            Set.of("points", "length2dM", "length3dM", "ascentM", "descentM");
    private static final Set<String> SOMETIMES =
            Set.of(
                    "eleMinM",
                    "eleMaxM",
                    "startTime",
                    "endTime",
                    "elapsedS",
                    "movingS",
                    "stoppedS",
                    "movingM",
                    "stoppedM",
                    "avgSpeedMps",
                    "maxSpeedMps",
                    "bbox",
                    "hrAvg",
                    "hrMax",
                    "cadAvg");

    static List<String> names() {
        return RealFiles.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void doesEveryTaskTwiceAlike(String name) throws IOException {
        for (var task : EveryTask.all()) {
            var first = new ByteArrayOutputStream();
            var second = new ByteArrayOutputStream();

            var result = run(name, task, first);
            var again = run(name, task, second);

            assertThat(first.toByteArray()).as("%s", task).isEqualTo(second.toByteArray());
            assertThat(ResultJson.text(again)).isEqualTo(ResultJson.text(result));
            assertThat(result.output().bytes()).isEqualTo(first.size());
            checkShape(JSON.readTree(ResultJson.text(result)));
        }
    }

    private static GpxResult run(String name, GpxTask task, ByteArrayOutputStream out)
            throws IOException {
        try {
            return GpxJob.run(task, List.of(RealFiles.source(name)), GpxLimits.DEFAULT, out);
        } catch (GpxException e) {
            throw new AssertionError(name + ": " + task, e);
        }
    }

    private static void checkShape(JsonNode result) {
        assertThat(RESULT).containsAll(names(result));
        assertThat(names(result.get("counts")))
                .containsExactlyInAnyOrder(
                        "waypoints", "routes", "tracks", "segments", "points", "dropped");
        assertThat(names(result.get("output")))
                .containsExactlyInAnyOrder("mediaType", "bytes", "sha256");
        assertThat(result.at("/input/sha256").asText()).matches("[0-9a-f]{64}");
        for (var warning : result.get("warnings")) {
            assertThat(names(warning)).isSubsetOf("code", "count", "firstLine").contains("code");
        }
        if (result.at("/data/total").isObject()) {
            checkStats(result.at("/data/total"));
            for (var track : result.at("/data/tracks")) {
                track.get("segments").forEach(EveryTaskTest::checkStats);
            }
            assertThat(names(result.at("/data/method"))).contains("distance", "ascent", "moving");
        }
    }

    private static void checkStats(JsonNode stats) {
        var names = names(stats);
        assertThat(names).containsAll(ALWAYS);
        names.removeAll(ALWAYS);
        assertThat(SOMETIMES).containsAll(names);
        assertThat(stats.has("bbox")).isEqualTo(stats.get("points").asInt() > 0);
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
