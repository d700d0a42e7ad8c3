package io.trekpoint.worker.gpx.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.worker.gpx.RealFiles;
import io.trekpoint.worker.gpx.read.Finding.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

class ValidationTest {

    private static final String GPX =
            "<gpx version='1.1' creator='c' xmlns='http://www.topografix.com/GPX/1/1'>\n";
    private static final String OLD =
            "<gpx version='1.0' creator='c' xmlns='http://www.topografix.com/GPX/1/0'>\n";

    @Test
    void findsEachBreachWithItsPlace() throws IOException {
        var report =
                report(
                        GPX
                                + """
                                <wpt lat='91' lon='180'><name/><ele>1e3</ele></wpt>
                                <wpt lat='1'><ele>1</ele><ele>2</ele><up/></wpt>
                                <wpt lat='1' lon='2' alt='3'>text</wpt>
                                </gpx>
                                """);

        assertThat(report.valid()).isFalse();
        assertThat(report.findings())
                .extracting(finding -> finding.code() + " " + finding.line())
                .containsExactly(
                        "INVALID_VALUE 2",
                        "INVALID_VALUE 2",
                        "WRONG_ORDER 2",
                        "INVALID_VALUE 2",
                        "MISSING_ATTRIBUTE 3",
                        "REPEATED_ELEMENT 3",
                        "UNKNOWN_ELEMENT 3",
                        "UNKNOWN_ATTRIBUTE 4",
                        "UNEXPECTED_TEXT 4");
        assertThat(report.findings()).allMatch(finding -> finding.column() > 0);
    }

    @Test
    void letsExtensionsHoldWhatIsOfAnotherNamespaceAlone() throws IOException {
        var own = GPX + "<extensions><power/></extensions></gpx>";
        var none = GPX + "<extensions><power xmlns=''/></extensions></gpx>";
        var other = GPX + "<extensions><x:power xmlns:x='u'><y/>t</x:power></extensions></gpx>";

        assertThat(report(own).findings())
                .extracting(Finding::code)
                .containsExactly(Code.UNKNOWN_ELEMENT);
        assertThat(report(none).findings())
                .extracting(Finding::code)
                .containsExactly(Code.UNKNOWN_ELEMENT);
        assertThat(report(other).valid()).isTrue();
    }

    @Test
    void tellsAHundredFindingsAndCountsTheRest() throws IOException {
        var report = report(GPX + "<up/>".repeat(250) + "</gpx>");

        assertThat(report.findings()).hasSize(100);
        assertThat(report.more()).isEqualTo(150);
    }

    /** A pattern that goes back and forth would need a frame of the stack for each part. */
    @Test
    void judgesALongAddressWithoutADeepStack() throws IOException {
        var address = "a.".repeat(30_000) + "a";

        assertThat(report(OLD + "<email>" + address + "@b</email></gpx>").valid()).isTrue();
        assertThat(report(OLD + "<email>" + address + "</email></gpx>").findings())
                .extracting(Finding::code)
                .containsExactly(Code.INVALID_VALUE);
    }

    @Test
    void saysOfWhatIsNoXmlWhereItEnds() throws IOException {
        assertThat(report(GPX + "<wpt lat='1' lon='2'>").findings())
                .containsExactly(
                        new Finding(
                                Code.NOT_WELL_FORMED,
                                2,
                                21,
                                "the XML is not well-formed, or ends too early"));
    }

    static List<String> names() {
        return RealFiles.names();
    }

    /** Of every real file the same as the platform's validator says with the schema itself. */
    @ParameterizedTest
    @MethodSource("names")
    void agreesWithTheSchema(String name) throws Exception {
        var report = Validation.run(RealFiles.source(name), Optional.empty(), GpxLimits.DEFAULT);

        String schema =
                switch (report.version()) {
                    case V1_0 -> "xsd/gpx10.xsd";
                    case V1_1 -> "xsd/gpx11.xsd";
                };
        assertThat(report.valid()).as("%s", report.findings()).isEqualTo(isValid(name, schema));
    }

    private static boolean isValid(String name, String schema) throws IOException, SAXException {
        var validator =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(new StreamSource(RealFiles.source(schema).open()))
                        .newValidator();
        try {
            validator.validate(new StreamSource(RealFiles.source(name).open()));
            return true;
        } catch (SAXException e) {
            return false;
        }
    }

    private static Validation.Report report(String gpx) throws IOException {
        return Validation.run(
                GpxSource.of(gpx.getBytes(UTF_8)), Optional.empty(), GpxLimits.DEFAULT);
    }
}
