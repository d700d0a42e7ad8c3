package io.trekpoint.lanes.gpx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes parameters one by one from a JSON object, by their names; numbers and truths may be texts,
 * as they are in a query. What was not asked for by the end is refused.
 */
final class Parameters {
    /** How many digits a number may have before its point, and how many behind it. */
    private static final int MOST_DIGITS = 15;

    private static final Pattern DECIMAL =
            Pattern.compile("-?\\d{1,%1$d}(?:\\.\\d{1,%1$d})?".formatted(MOST_DIGITS));

    private final String path;
    private final JsonNode object;
    private final Set<String> known = new TreeSet<>();

    /**
     * Parameters at a path.
     *
     * @param path of the object, ending with a point; empty for the root
     * @throws InvalidParameterException if it is no object
     */
    Parameters(String path, JsonNode object) {
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            String name = path.isEmpty() ? "parameters" : path.substring(0, path.length() - 1);
            throw new InvalidParameterException(name, "must be a JSON object");
        }
    }

    /** A refusal of one of these parameters. */
    InvalidParameterException refuse(String name, String rule) {
        return new InvalidParameterException(path + name, rule);
    }

    /** Whether a parameter is given. */
    boolean has(String name) {
        return take(name) != null;
    }

    /** One of a few words; empty where it is not given. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        JsonNode value = take(name);
        return value == null ? Optional.empty() : Optional.of(word(name, value, type));
    }

    /** A set of words: an array, or a text with commas between. */
    <E extends Enum<E>> Optional<Set<E>> choices(String name, Class<E> type) {
        JsonNode value = take(name);
        if (value == null) {
            return Optional.empty();
        }
        Set<E> words = EnumSet.noneOf(type);
        for (JsonNode word : listed(value)) {
            words.add(word(name, word, type));
        }
        return Optional.of(words);
    }

    private static List<JsonNode> listed(JsonNode value) {
        if (value.isTextual()) {
            return Arrays.stream(value.textValue().split(","))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .map(TextNode::valueOf)
                    .collect(Collectors.toList());
        }
        return value.isArray() ? List.copyOf(elements(value)) : List.of(value);
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private <E extends Enum<E>> E word(String name, JsonNode value, Class<E> type) {
        for (E one : type.getEnumConstants()) {
            if (value.isTextual() && label(one).equals(value.textValue())) {
                return one;
            }
        }
        throw refuse(name, "must be " + labels(type));
    }

    /** The word for a constant: {@code haversine}, {@code 1.0}. */
    static String label(Enum<?> constant) {
        String name = constant.name().toLowerCase(Locale.ROOT);
        if (constant instanceof GpxTask.Version) {
            return name.substring(1).replace('_', '.');
        }
        return name.equals("shifttime") ? "shiftTime" : name;
    }

    private static <E extends Enum<E>> String labels(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Parameters::label)
                .collect(Collectors.joining(", "));
    }

    /** A number within bounds; empty where it is not given. */
    OptionalDouble number(String name, double least, double most) {
        JsonNode value = take(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        String rule = "must be a number from " + plain(least) + " to " + plain(most);
        if (!isPlain(value)) {
            throw refuse(name, rule);
        }
        double number = Double.parseDouble(value.asText());
        if (!(number >= least && number <= most)) {
            throw refuse(name, rule);
        }
        return OptionalDouble.of(number + 0.0);
    }

    /**
     * Whether a value is a number that can be written without an exponent. Digits are counted, not
     * written out: {@code 1e-999999999} has a thousand million of them, {@code 1e999} has none that
     * a double could tell.
     */
    private static boolean isPlain(JsonNode value) {
        if (value.isTextual()) {
            return DECIMAL.matcher(value.textValue()).matches();
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            return false;
        }
        BigDecimal exact = value.decimalValue();
        return exact.scale() <= MOST_DIGITS && exact.precision() - exact.scale() <= MOST_DIGITS;
    }

    /** A whole number within bounds; empty where it is not given. */
    OptionalInt whole(String name, int least, int most) {
        OptionalDouble number = number(name, least, most);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        if (number.getAsDouble() != Math.rint(number.getAsDouble())) {
            throw refuse(name, "must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of((int) number.getAsDouble());
    }

    /** A truth; false where it is not given. */
    boolean truth(String name) {
        JsonNode value = take(name);
        if (value == null || value.isBoolean()) {
            return value != null && value.booleanValue();
        }
        return switch (value.isTextual() ? value.textValue() : "") {
            case "true" -> true;
            case "false" -> false;
            default -> throw refuse(name, "must be true or false");
        };
    }

    /** A moment; empty where it is not given. */
    Optional<Instant> moment(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(value.textValue() == null ? "" : value.textValue()));
        } catch (DateTimeException e) {
            throw refuse(name, "must be a time such as 2026-11-23T06:00:00Z");
        }
    }

    /** The parameters of an object; empty where it is not given. */
    Optional<Parameters> object(String name) {
        JsonNode value = take(name);
        return Optional.ofNullable(value).map(found -> new Parameters(path + name + ".", found));
    }

    /** The parameters of each object of an array; empty where it is not given. */
    List<Parameters> objects(String name, int most) {
        JsonNode value = take(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            throw refuse(name, "must be an array of at most " + most + " objects");
        }
        List<Parameters> objects = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            objects.add(new Parameters("%s%s[%d].".formatted(path, name, i), value.get(i)));
        }
        return objects;
    }

    /** The numbers of an array; empty where it is not given. */
    Optional<double[]> numbers(String name, int count) {
        JsonNode value = take(name);
        if (value == null) {
            return Optional.empty();
        }
        double[] numbers = new double[count];
        boolean fits = value.isArray() && value.size() == count;
        for (int i = 0; fits && i < count; i++) {
            numbers[i] = value.get(i).doubleValue();
            fits = value.get(i).isNumber() && Double.isFinite(numbers[i]);
        }
        if (!fits) {
            throw refuse(name, "must be an array of " + count + " numbers");
        }
        return Optional.of(numbers);
    }

    /**
     * Refuses what nobody asked for.
     *
     * @throws InvalidParameterException that names it and what there is
     */
    void end() {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw refuse(
                        field.getKey(),
                        known.isEmpty()
                                ? "is not known: there are no parameters here"
                                : "is not known here; known are " + String.join(", ", known));
            }
        }
    }

    private @Nullable JsonNode take(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
