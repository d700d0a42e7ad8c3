package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What JsonLogic makes of values, which is what JavaScript makes of them, except that an empty list
 * is false.
 */
final class Values {
    /** There is no such attribute, which is not the same as null. */
    static final Absent ABSENT = Absent.ABSENT;

    private static final String OBJECT = "[object Object]";
    private static final int DEEPEST_LIST = 64;

    private Values() {}

    enum Absent {
        ABSENT
    }

    /** A value as rules see it: every number is a double. */
    static @Nullable Object of(@Nullable Object raw) {
        return switch (raw) {
            case null -> null;
            case JsonNode json -> of(json);
            case Double number -> number;
            case Number number -> number.doubleValue();
            default -> raw;
        };
    }

    private static @Nullable Object of(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> json.textValue();
            case NUMBER -> json.doubleValue();
            case BOOLEAN -> json.booleanValue();
            case ARRAY, OBJECT -> json;
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    /** A property of an object or an element of a list by its index; else {@link #ABSENT}. */
    static @Nullable Object property(@Nullable Object container, String name) {
        return switch (container) {
            case ObjectNode object -> present(object.get(name));
            case Map<?, ?> map -> {
                Object value = map.get(name);
                yield value == null && !map.containsKey(name) ? ABSENT : of(value);
            }
            case List<?> list -> element(list, NumberText.index(name));
            case ArrayNode list -> element(list, NumberText.index(name));
            case null, default -> ABSENT;
        };
    }

    private static @Nullable Object present(@Nullable JsonNode value) {
        return value == null ? ABSENT : of(value);
    }

    private static @Nullable Object element(Object list, int index) {
        return index >= 0 && index < size(list) ? at(list, index) : ABSENT;
    }

    static boolean isList(@Nullable Object value) {
        return value instanceof List<?> || value instanceof ArrayNode;
    }

    /** How many elements a list has; 0 for anything else. */
    static int size(@Nullable Object list) {
        return switch (list) {
            case List<?> elements -> elements.size();
            case ArrayNode elements -> elements.size();
            case null, default -> 0;
        };
    }

    static @Nullable Object at(Object list, int index) {
        return switch (list) {
            case List<?> elements -> of(elements.get(index));
            case ArrayNode elements -> of(elements.get(index));
            default -> throw new IllegalArgumentException("not a list");
        };
    }

    static boolean truthy(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case Double number -> number != 0 && !number.isNaN();
            case String text -> !text.isEmpty();
            default -> !isList(value) || size(value) > 0;
        };
    }

    /** As text; null is {@code "null"}, a list its elements between commas. */
    static String text(@Nullable Object value, Evaluation evaluation) {
        if (!isList(value)) {
            return scalar(value);
        }
        StringBuilder text = new StringBuilder();
        join(value, ",", text, evaluation, 0);
        return text.toString();
    }

    /** Appends the elements of a list; null is nothing. */
    static void join(
            @Nullable Object list,
            String between,
            StringBuilder to,
            Evaluation evaluation,
            int depth) {
        if (list == null || depth > DEEPEST_LIST) {
            throw new WorkExceededException();
        }
        for (int i = 0; i < size(list); i++) {
            int before = to.length();
            to.append(i == 0 ? "" : between);
            Object element = at(list, i);
            if (isList(element)) {
                join(element, ",", to, evaluation, depth + 1);
            } else if (element != null) {
                to.append(scalar(element));
            }
            evaluation.spend(1 + to.length() - before);
        }
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text;
            case Boolean truth -> truth.toString();
            case Double number -> NumberText.of(number);
            default -> OBJECT;
        };
    }

    /** As a number; NaN for what is none. */
    static double number(@Nullable Object value, Evaluation evaluation) {
        return switch (value) {
            case null -> 0;
            case Double number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case String text -> whole(text, evaluation);
            default -> whole(text(value, evaluation), evaluation);
        };
    }

    private static double whole(String text, Evaluation evaluation) {
        evaluation.read(text);
        return NumberText.whole(text);
    }

    /** The number that a value's text begins with; NaN where it begins with none. */
    static double leadingNumber(@Nullable Object value, Evaluation evaluation) {
        if (value instanceof Double number) {
            return number;
        }
        String text = text(value, evaluation);
        evaluation.read(text);
        return NumberText.leading(text);
    }

    static boolean same(@Nullable Object a, @Nullable Object b) {
        return switch (a) {
            case null -> b == null;
            case Double number -> b instanceof Double other && (double) number == (double) other;
            case String text -> text.equals(b);
            case Boolean truth -> truth.equals(b);
            default -> identical(a, b);
        };
    }

    static boolean alike(@Nullable Object a, @Nullable Object b, Evaluation evaluation) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        boolean scalarA = isScalar(a);
        boolean scalarB = isScalar(b);
        if (!scalarA && !scalarB) {
            return identical(a, b);
        }
        Object left = scalarA ? a : text(a, evaluation);
        Object right = scalarB ? b : text(b, evaluation);
        return left.getClass() == right.getClass()
                ? same(left, right)
                : number(left, evaluation) == number(right, evaluation);
    }

    /** Lists and objects are equal to themselves alone, whatever they hold, as in JavaScript. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean identical(Object a, @Nullable Object b) {
        return a == b;
    }

    static boolean isScalar(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Double
                || value instanceof Boolean;
    }
}
