package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Rules and contexts out of a seed: mostly right, sometimes not. */
public final class RandomRules {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> OPERATORS =
            List.of(
                    "var",
                    "missing",
                    "missing_some",
                    "if",
                    "?:",
                    "==",
                    "===",
                    "!=",
                    "!==",
                    "!",
                    "!!",
                    "or",
                    "and",
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "max",
                    "min",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "map",
                    "filter",
                    "reduce",
                    "all",
                    "none",
                    "some",
                    "merge",
                    "in",
                    "cat",
                    "substr",
                    "log",
                    "fractional",
                    "sem_ver",
                    "starts_with",
                    "ends_with",
                    "$ref",
                    "nonsense");
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "b",
                    "on",
                    "off",
                    "a.b",
                    "l.0",
                    "targetingKey",
                    "$flagd.flagKey",
                    "$flagd.other",
                    "1",
                    "-2.5",
                    "1.2.3",
                    "v1.2",
                    "1.0.0-rc.1",
                    "=",
                    ">=",
                    "^",
                    "0x1F",
                    "Infinity",
                    "äöü😀",
                    "r");
    private static final double[] NUMBERS = {
        0, -0.0, 1, 2, 3, -1, 0.5, 1e21, -1e300, 2147483647, 2147483648.0
    };

    private final Random random;

    public RandomRules(long seed) {
        this.random = new Random(seed);
    }

    /** A rule. */
    public JsonNode rule() {
        return rule(4);
    }

    /** A context. */
    public ObjectNode context() {
        ObjectNode context = NODES.objectNode();
        for (String name : List.of("a", "b", "l", "targetingKey", "$flagd", "1", "r")) {
            if (random.nextBoolean()) {
                context.set(name, data(3));
            }
        }
        return context;
    }

    private JsonNode rule(int depth) {
        ObjectNode rule = NODES.objectNode();
        String operator = pick(OPERATORS);
        if (random.nextInt(12) == 0) {
            rule.set(operator, operand(depth));
            return rule;
        }
        switch (operator) {
            case "var" -> rule.set(operator, operandOf(pick(TEXTS), depth));
            case "$ref" -> rule.put(operator, pick(TEXTS));
            case "fractional" -> shares(rule.putArray(operator), depth);
            case "sem_ver" ->
                    rule.putArray(operator)
                            .add(operandOf("1.2.3", depth))
                            .add(pick(List.of("=", "<", "^", "~", "===")))
                            .add(operandOf("1.2.4", depth));
            default -> operands(rule.putArray(operator), depth);
        }
        return rule;
    }

    private void operands(ArrayNode operands, int depth) {
        int count = random.nextInt(8) == 0 ? random.nextInt(5) : 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            operands.add(operand(depth));
        }
    }

    private void shares(ArrayNode shares, int depth) {
        if (random.nextBoolean()) {
            shares.add(operand(depth));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            ArrayNode share = shares.addArray().add(operand(depth));
            if (random.nextBoolean()) {
                share.add(random.nextInt(5) == 0 ? operand(depth) : NODES.numberNode(i * 10 - 5));
            }
        }
    }

    private JsonNode operandOf(String text, int depth) {
        return random.nextInt(4) == 0 ? operand(depth) : NODES.textNode(text);
    }

    private JsonNode operand(int depth) {
        return switch (depth > 0 ? random.nextInt(6) : 5) {
            case 0, 1, 2 -> rule(depth - 1);
            case 3 -> {
                ArrayNode list = NODES.arrayNode();
                operands(list, depth - 1);
                yield list;
            }
            default -> random.nextInt(30) == 0 ? NODES.objectNode() : scalar();
        };
    }

    private JsonNode data(int depth) {
        return switch (depth > 0 ? random.nextInt(5) : 4) {
            case 0 -> {
                ObjectNode object = NODES.objectNode();
                object.set("b", data(depth - 1));
                object.set("current", data(depth - 1));
                yield object;
            }
            case 1, 2 -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    list.add(data(depth - 1));
                }
                yield list;
            }
            default -> scalar();
        };
    }

    private JsonNode scalar() {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> number(NUMBERS[random.nextInt(NUMBERS.length)]);
            default -> NODES.textNode(pick(TEXTS));
        };
    }

    private static JsonNode number(double number) {
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
