package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a setting's scalar with its bounds.
 *
 * @param label the name of the type, such as {@code integer}
 * @param rule what a scalar must be, in words
 * @param reader reads a scalar; empty where it breaks the rule
 * @param writer writes a value as a scalar
 * @param <T> what the code reads
 */
record SettingType<T>(
        String label,
        String rule,
        Function<JsonNode, Optional<T>> reader,
        Function<T, JsonNode> writer) {
    private static final Pattern DURATION = Pattern.compile("(0|[1-9]\\d{0,8})(ms|s|m|h|d)");

    static SettingType<Integer> wholeNumber(int least, int most) {
        return new SettingType<>(
                "integer",
                "must be a whole number from " + least + " to " + most,
                scalar -> whole(scalar, least, most).map(Long::intValue),
                IntNode::valueOf);
    }

    static SettingType<Long> wholeNumber(long least, long most) {
        return new SettingType<>(
                "integer",
                "must be a whole number from " + least + " to " + most,
                scalar -> whole(scalar, least, most),
                LongNode::valueOf);
    }

    /** A JSON string such as {@code "250ms"}, {@code "10s"}, {@code "30m"}, {@code "24h"}. */
    static SettingType<Duration> duration(Duration least, Duration most) {
        return duration(least, most, "a time");
    }

    /** The same without parts of a second. */
    static SettingType<Duration> wholeSeconds(Duration least, Duration most) {
        SettingType<Duration> any = duration(least, most, "a time in whole seconds");
        return new SettingType<>(
                any.label,
                any.rule,
                scalar -> any.reader.apply(scalar).filter(time -> time.toMillis() % 1000 == 0),
                any.writer);
    }

    /** A JSON string of at most so many characters. */
    static SettingType<String> text(String what, int longest, Predicate<String> allowed) {
        return new SettingType<>(
                "text",
                "must be %s, of at most %d characters".formatted(what, longest),
                scalar ->
                        Optional.ofNullable(scalar.textValue())
                                .filter(text -> text.length() <= longest && allowed.test(text)),
                TextNode::valueOf);
    }

    /** A JSON string that names a constant. */
    static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        return new SettingType<>(
                "choice",
                "must be one of "
                        + constants.stream().map(Enum::name).collect(Collectors.joining(", ")),
                scalar ->
                        constants.stream()
                                .filter(it -> it.name().equals(scalar.textValue()))
                                .findFirst(),
                it -> TextNode.valueOf(it.name()));
    }

    private static SettingType<Duration> duration(Duration least, Duration most, String what) {
        return new SettingType<>(
                "duration",
                "must be %s from %s to %s, such as \"10s\", \"30m\" or \"24h\""
                        .formatted(what, text(least), text(most)),
                scalar ->
                        time(scalar).filter(t -> t.compareTo(least) >= 0 && t.compareTo(most) <= 0),
                time -> TextNode.valueOf(text(time)));
    }

    private static Optional<Long> whole(JsonNode scalar, long least, long most) {
        return scalar.isIntegralNumber()
                        && scalar.canConvertToLong()
                        && scalar.longValue() >= least
                        && scalar.longValue() <= most
                ? Optional.of(scalar.longValue())
                : Optional.empty();
    }

    private static Optional<Duration> time(JsonNode scalar) {
        Matcher text = DURATION.matcher(scalar.isTextual() ? scalar.textValue() : "");
        if (!text.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(text.group(1));
        return Optional.of(
                switch (text.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** In the largest unit that leaves no rest. */
    private static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 && seconds > 86_400
                ? seconds / 86_400 + "d"
                : seconds / 3600 + "h";
    }
}
