package io.trekpoint.lanes.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of settings in the documentation say what the catalogue says. */
class SettingsTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");

    @Test
    void hasARowForEachSetting() throws IOException {
        List<String> rows = SettingCatalogue.all().stream().map(SettingsTableTest::row).toList();

        assertThat(
                        lines(
                                "| `",
                                List.of(
                                        "gpx.",
                                        "limits.",
                                        "gateway.",
                                        "auth.",
                                        "jobs.",
                                        "control.")))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void hasALineForEachRuleBetweenSettings() throws IOException {
        List<String> rules = SettingRule.all().stream().map(rule -> "- " + rule.text()).toList();

        assertThat(Files.readString(DOCUMENT).replace("\r", "").lines()).containsAll(rules);
    }

    private static String row(SettingKey<?> key) {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        key.key(),
                        defaults(key),
                        key.rule().replace("must be ", ""),
                        key.unit(),
                        key.owner(),
                        key.description());
    }

    private static String defaults(SettingKey<?> key) {
        List<String> distinct =
                key.subjects().stream()
                        .map(subject -> key.show(null, subject).asText())
                        .map(text -> text.isEmpty() ? "empty" : text)
                        .distinct()
                        .toList();
        if (distinct.size() > 1) {
            return key.subjects().stream()
                    .map(subject -> subject + " " + key.show(null, subject).asText())
                    .collect(Collectors.joining(", "));
        }
        return distinct.getFirst()
                + switch (key.scope()) {
                    case "global" -> " for all";
                    case "type" -> " for each type";
                    default -> "";
                };
    }

    /** The lines that name a setting first. */
    private static List<String> lines(String start, List<String> groups) throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.filter(line ->
                            groups.stream().anyMatch(group -> line.startsWith(start + group)))
                    .toList();
        }
    }
}
