package io.trekpoint.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Kustomization BASE = Kustomization.find();
    private static final Path ROOT = BASE.base().getParent().getParent();
    private static final JsonNode GROUPS =
            BASE.beside("alerts/rules.yaml").getFirst().path("groups");

    private static final Pattern ALERT = Pattern.compile("`(Trek[A-Za-z]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.*)$");

    @Test
    void areTheSameForTheOperatorOfPrometheus() {
        assertThat(BASE.beside("alerts/prometheus-rule.yaml").getFirst().at("/spec/groups"))
                .isEqualTo(GROUPS);
    }

    @Test
    void areThoseThatTheOperationsPageTellsOf() throws IOException {
        List<String> told =
                ALERT.matcher(Files.readString(ROOT.resolve("docs/operations.md")))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
        assertThat(GROUPS.findValuesAsText("alert"))
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(told);
    }

    @Test
    void eachSayWhatIsWrongAndWhereToReadOn() throws IOException {
        for (JsonNode alert : GROUPS.findParents("alert")) {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            String[] place = alert.at("/annotations/read").asText().split("#");
            assertThat(sections(place[0])).as(name).contains(place[1]);
        }
    }

    /** The headings of a document as a link names them. */
    private static List<String> sections(String document) throws IOException {
        return HEADING.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map(AlertsTest::linked)
                .toList();
    }

    private static String linked(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }
}
