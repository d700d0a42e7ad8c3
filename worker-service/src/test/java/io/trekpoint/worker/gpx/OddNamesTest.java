package io.trekpoint.worker.gpx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Invisible;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.write.Writers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;

/** Names of any characters stay names in every output: never markup, formulas, or hidden marks. */
class OddNamesTest {

    /** With a control character now and then, which XML 1.1 lets in. */
    @Provide
    Arbitrary<String> names() {
        return Combinators.combine(
                        AnyDocument.texts(), Arbitraries.of("", "", "\u0001", "\u001f\u007f"))
                .as((text, control) -> text + control);
    }

    @Property(tries = 200)
    void showNothingHiddenInAnyOutput(@ForAll("names") String name) throws IOException {
        for (var target : Target.values()) {
            String output = output(name, target);

            assertThat(output.chars().filter(OddNamesTest::isHidden).mapToObj(Integer::toHexString))
                    .as("%s", target)
                    .isEmpty();
        }
        assertThat(result(name).chars().filter(OddNamesTest::isHidden).count()).isZero();
    }

    private static boolean isHidden(int c) {
        return c < ' ' && c != '\n' && c != '\t' && c != '\r' || Invisible.is(c);
    }

    @Property(tries = 200)
    void readBackFromXmlAsTheyWere(@ForAll("names") String name) throws IOException {
        String written = name.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "\ufffd");

        for (var target : List.of(Target.GPX11, Target.KML)) {
            var names = Taken.elements(xml(name, target), "name");
            assertThat(names).hasSizeGreaterThanOrEqualTo(4);
            assertThat(names).allMatch(e -> e.getTextContent().equals(written));
        }
        var tcx = xml(name, Target.TCX);
        assertThat(Taken.elements(tcx, "Notes").getFirst().getTextContent()).isEqualTo(written);
        // Viewers of KML take a description for HTML.
        for (var description : Taken.elements(xml(name, Target.KML), "description")) {
            assertThat(description.getTextContent()).doesNotContain("<").doesNotContain(">");
        }
    }

    @Property(tries = 200)
    void readBackFromJsonAsTheyWere(@ForAll("names") String name) throws IOException {
        String geoJson = output(name, Target.GEOJSON);

        assertThat(geoJson).doesNotContain("<").doesNotContain(">").doesNotContain("&");
        for (var feature : new ObjectMapper().readTree(geoJson).get("features")) {
            assertThat(feature.at("/properties/name").asText()).isEqualTo(name);
        }
        String result = result(name);
        assertThat(result).doesNotContain("<").doesNotContain(">");
        assertThat(new ObjectMapper().readTree(result).at("/tracks/0/name").asText())
                .isEqualTo(name);
    }

    @Property(tries = 200)
    void startNoFormulaInCsv(@ForAll("names") String name) throws IOException {
        var rows = Taken.csv(output(name, Target.CSV));

        for (var row : rows.subList(1, rows.size())) {
            // Also where a spreadsheet parts cells by other characters than commas, or by lines.
            for (String cell : String.join("", row.get(3), "\n", row.get(4)).split("[,;\n\"]")) {
                assertThat(cell).doesNotMatch("(?s)^[=+\\-@\uff1d\uff0b\uff0d\uff20].*");
            }
            assertThat(plain(row.get(4))).isEqualTo(plain(name));
        }
    }

    /** Without the apostrophes that keep formulas from being one, and with nothing hidden. */
    private static String plain(String text) {
        return text.chars()
                .filter(c -> c != '\'')
                .mapToObj(c ->
                        c < ' ' && c != '\n' || Invisible.is(c)
                                ? "\\u%04x".formatted(c)
                                : String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    private static Element xml(String name, Target target) throws IOException {
        return Taken.xml(output(name, target).getBytes(UTF_8));
    }

    private static String output(String name, Target target) throws IOException {
        var out = new ByteArrayOutputStream();
        Writers.write(document(name), Writing.of(target), out);
        return out.toString(UTF_8);
    }

    /** A result's data, as it is an output of its own. */
    private static String result(String name) throws IOException {
        var out = new ByteArrayOutputStream();
        var measures = Measures.of(document(name), Measuring.DEFAULT, GpxLimits.DEFAULT);
        ResultJson.writeData(new GpxResult.Data(measures, null, null, null), out);
        return out.toString(UTF_8);
    }

    private static GpxDocument document(String name) {
        var about = about(name);
        var points = Lines.timed(1, 2, 3);
        points.setAbout(about);
        return new GpxDocument(
                "1.1",
                name,
                new Metadata(name, name, null, null, List.of(), Points.NO_TIME, null, null),
                points,
                List.of(new Route(about, named(name))),
                List.of(new Track(about, List.of(timed(name)))),
                null);
    }

    private static Points named(String name) {
        var line = Lines.of(1, 2);
        line.setAbout(about(name));
        line.add(3, 4);
        line.setAbout(about(name));
        return line;
    }

    private static Points timed(String name) {
        var line = named(name);
        line.setTime(4_000);
        return line;
    }

    private static About about(String name) {
        var links = List.of(new Link(name, name, name));
        return new About(name, name, name, name, links, name, name, null, null);
    }
}
