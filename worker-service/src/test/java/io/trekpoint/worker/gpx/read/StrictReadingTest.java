package io.trekpoint.worker.gpx.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trekpoint.lanes.gpx.ReadingMode;
import io.trekpoint.worker.gpx.RealFiles;
import io.trekpoint.worker.gpx.read.GpxException.Code;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is repaired where reading is lenient is refused by line and column where it is strict. */
class StrictReadingTest {

    private static final String GPX =
            "<gpx version='1.1' creator='c' xmlns='http://www.topografix.com/GPX/1/1'>\n";
    private static final Reading STRICT = new Reading(ReadingMode.STRICT, false);

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("<gpx version='2' creator='c'/>", Code.UNKNOWN_VERSION, 1, 1),
                fault(
                        "<gpx version='1.1' xmlns='http://www.topografix.com/GPX/1/1'/>",
                        Code.MISSING_CREATOR,
                        1,
                        1),
                fault("\n <gpx version='1.1' creator='c'/>", Code.WRONG_NAMESPACE, 2, 2),
                fault(
                        "<gpx version='1.0' creator='c' xmlns='http://www.topografix.com/GPX/1/1'/>",
                        Code.WRONG_NAMESPACE,
                        1,
                        1),
                fault(GPX + " <p:x/></gpx>", Code.UNDECLARED_PREFIX, 2, 7),
                fault(GPX + " <heading/></gpx>", Code.UNKNOWN_ELEMENT, 2, 2),
                fault(point("lon='1'", ""), Code.POINT_WITHOUT_POSITION, 2, 1),
                fault(point("lat='NaN' lon='1'", ""), Code.POINT_WITHOUT_POSITION, 2, 1),
                fault(point("lat='90.5' lon='1'", ""), Code.POINT_WITHOUT_POSITION, 2, 1),
                fault(point("lat='1' lon='190'", ""), Code.LONGITUDE_WRAPPED, 2, 1),
                fault(point("lat='1' lon='2'", "<ele>1e</ele>"), Code.NUMBER_INVALID, 3, 8),
                fault(point("lat='1' lon='2'", "<ele/>"), Code.NUMBER_INVALID, 3, 1),
                fault(
                        point("lat='1' lon='2'", "<ele>-32768</ele>"),
                        Code.NUMBER_OUT_OF_RANGE,
                        3,
                        12),
                fault(point("lat='1' lon='2'", "<time>noon</time>"), Code.TIME_INVALID, 3, 11),
                fault(
                        point("lat='1' lon='2'", "<time>2026-01-01T00:00:00</time>"),
                        Code.TIME_WITHOUT_ZONE,
                        3,
                        26),
                fault(point("lat='1' lon='2'", "<link/>"), Code.LINK_WITHOUT_TARGET, 3, 1),
                fault(GPX + "</gpx>\n<gpx/>", Code.CONTENT_AFTER_END, 3, 1));
    }

    private static Arguments fault(String gpx, Code code, int line, int column) {
        return Arguments.of(gpx, code, line, column);
    }

    private static String point(String attributes, String child) {
        return GPX + "<wpt " + attributes + ">\n" + child + "</wpt></gpx>";
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhatIsWrongAndWhere(String gpx, Code code, int line, int column) {
        var refusal = refusal(GpxSource.of(gpx.getBytes(UTF_8)));

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.column()).isEqualTo(column);
    }

    static List<String> names() {
        return RealFiles.names();
    }

    /**
     * What is read with a warning is refused, what without one may only lack what the root needs.
     */
    @ParameterizedTest
    @MethodSource("names")
    void refusesOfRealFilesThoseThatNeedRepair(String name) throws IOException {
        var lenient = GpxReader.read(RealFiles.source(name), Reading.LENIENT, GpxLimits.DEFAULT);

        var refusal = refusal(RealFiles.source(name));

        if (refusal == null) {
            assertThat(lenient.warnings()).isEmpty();
        } else {
            assertThat(refusal.line()).isPositive();
            assertThat(refusal.column()).isPositive();
        }
    }

    @Test
    void readsWhatIsRight() throws IOException {
        var gpx = point("lat='1' lon='2'", "<ele>5</ele><time>2026-01-01T00:00:00Z</time>");

        var reading = GpxReader.read(GpxSource.of(gpx.getBytes(UTF_8)), STRICT, GpxLimits.DEFAULT);

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.document().waypoints().size()).isEqualTo(1);
    }

    private static GpxException refusal(GpxSource source) {
        return catchThrowableOfType(
                GpxException.class, () -> GpxReader.read(source, STRICT, GpxLimits.DEFAULT));
    }
}
