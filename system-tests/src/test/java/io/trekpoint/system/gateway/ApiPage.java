package io.trekpoint.system.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of examples: blocks of shell in their order, some with the answer they bring.
 *
 * @param examples the blocks
 */
record ApiPage(List<Example> examples) {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```sh\\n(.*?)^```\\n(?:\\n```http\\n(.*?)^```\\n)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Stands for names and values that are left out. */
    private static final String LEFT_OUT = "…";

    /** What is compared by its value; of everything else, the kind of value. */
    private static final Set<String> LITERAL = Set.of("type", "state", "status", "field");

    /**
     * A block.
     *
     * @param commands lines of shell
     * @param shown what is shown as its answer
     */
    record Example(String commands, Optional<String> shown) {}

    /** Reads a page of Markdown. */
    static ApiPage of(String markdown) {
        List<Example> examples = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(markdown).results().toList()) {
            examples.add(new Example(block.group(1), Optional.ofNullable(block.group(2))));
        }
        return new ApiPage(examples);
    }

    /**
     * In what an answer differs from the one that is shown: status, names of headers, shape of
     * JSON.
     */
    static List<String> differences(String shown, String got) {
        Http expected = Http.of(shown);
        Http actual = Http.of(got);
        List<String> differences = new ArrayList<>();
        if (!expected.status.equals(actual.status)) {
            differences.add("status " + actual.status + " for " + expected.status);
        }
        Set<String> missing = new LinkedHashSet<>(expected.headers);
        missing.removeAll(actual.headers);
        missing.forEach(name -> differences.add("no header " + name));
        if (!expected.body.isEmpty()) {
            compare(json(expected.body), json(actual.body), "body", differences);
        }
        return differences;
    }

    private static void compare(JsonNode shown, JsonNode got, String at, List<String> differences) {
        if (shown.getNodeType() != got.getNodeType()) {
            differences.add(
                    at + " is a " + got.getNodeType() + " and shown as a " + shown.getNodeType());
        } else if (shown.isArray() && !shown.isEmpty()) {
            if (got.isEmpty()) {
                differences.add(at + " is empty");
            } else {
                compare(shown.path(0), got.path(0), at + "[0]", differences);
            }
        } else if (shown.isObject()) {
            compareNames(shown, got, at, differences);
        }
    }

    private static void compareNames(
            JsonNode shown, JsonNode got, String at, List<String> differences) {
        shown.properties()
                .forEach(field -> {
                    String name = field.getKey();
                    if (name.equals(LEFT_OUT)) {
                        return;
                    }
                    JsonNode there = got.path(name);
                    if (LITERAL.contains(name) && !there.equals(field.getValue())) {
                        differences.add(at + "." + name + " is " + there);
                    } else {
                        compare(field.getValue(), there, at + "." + name, differences);
                    }
                });
        if (!shown.has(LEFT_OUT)) {
            got.fieldNames()
                    .forEachRemaining(name -> {
                        if (!shown.has(name)) {
                            differences.add(at + "." + name + " is not shown");
                        }
                    });
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    private record Http(String status, Set<String> headers, String body) {
        static Http of(String text) {
            List<String> lines = text.strip().lines().map(String::stripTrailing).toList();
            String status = lines.getFirst().replaceFirst("^HTTP/[\\d.]+ (\\d+).*", "$1");
            Set<String> headers = new LinkedHashSet<>();
            int line = 1;
            while (line < lines.size() && !lines.get(line).isEmpty()) {
                headers.add(lines.get(line).replaceFirst(":.*", "").toLowerCase(Locale.ROOT));
                line++;
            }
            String body = String.join("\n", lines.subList(line, lines.size())).strip();
            return new Http(status, headers, body);
        }
    }
}
