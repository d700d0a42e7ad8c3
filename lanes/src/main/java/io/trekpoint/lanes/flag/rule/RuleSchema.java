package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What flagd's JSON Schema for targeting allows, named rule by rule. */
public final class RuleSchema {
    private static final int ANY = Integer.MAX_VALUE;
    private static final Map<String, Count> OPERANDS =
            Map.ofEntries(
                    Map.entry("substr", new Count(2, 3)),
                    Map.entry("<", new Count(2, 3)),
                    Map.entry("<=", new Count(2, 3)),
                    Map.entry("if", new Count(1, ANY)),
                    Map.entry("==", new Count(2, 2)),
                    Map.entry("===", new Count(2, 2)),
                    Map.entry("!=", new Count(2, 2)),
                    Map.entry("!==", new Count(2, 2)),
                    Map.entry(">", new Count(2, 2)),
                    Map.entry(">=", new Count(2, 2)),
                    Map.entry("%", new Count(2, 2)),
                    Map.entry("/", new Count(2, 2)),
                    Map.entry("map", new Count(2, 2)),
                    Map.entry("filter", new Count(2, 2)),
                    Map.entry("all", new Count(2, 2)),
                    Map.entry("none", new Count(2, 2)),
                    Map.entry("some", new Count(2, 2)),
                    Map.entry("in", new Count(2, 2)),
                    Map.entry("reduce", new Count(3, 3)),
                    Map.entry("*", new Count(2, ANY)),
                    Map.entry("or", new Count(1, ANY)),
                    Map.entry("and", new Count(1, ANY)),
                    Map.entry("+", new Count(1, ANY)),
                    Map.entry("-", new Count(1, ANY)),
                    Map.entry("max", new Count(1, ANY)),
                    Map.entry("min", new Count(1, ANY)),
                    Map.entry("merge", new Count(1, ANY)),
                    Map.entry("cat", new Count(1, ANY)));
    private static final Set<String> OTHERS =
            Set.of(
                    "var",
                    "missing",
                    "missing_some",
                    "!",
                    "!!",
                    "starts_with",
                    "ends_with",
                    "sem_ver",
                    "fractional");
    private static final String OPERATORS = operators();
    private static final List<String> VERSION_SIGNS =
            List.of("=", "!=", ">", "<", ">=", "<=", "~", "^");

    private RuleSchema() {}

    private record Count(int least, int most) {
        private String text() {
            if (least == most) {
                return least == 1 ? "1 operand" : least + " operands";
            }
            return most == ANY ? least + " or more operands" : least + " to " + most + " operands";
        }
    }

    /**
     * Checks a rule.
     *
     * @param path where it stands
     * @throws InvalidRuleException for the first thing that is not allowed
     */
    public static void check(JsonNode targeting, String path) {
        if (!targeting.isObject()) {
            throw new InvalidRuleException(path, "must be an object");
        }
        // What is compiled counts its levels, but a value that is written out is taken as it is.
        if (Nesting.exceeds(targeting, RuleCompiler.DEEPEST)) {
            throw new InvalidRuleException(
                    path, "is nested deeper than " + RuleCompiler.DEEPEST + " levels");
        }
        rule(targeting, path);
    }

    private static void rule(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new InvalidRuleException(path, "must be a rule");
        }
        if (node.isEmpty()) {
            return;
        }
        String operator = node.fieldNames().next();
        if (node.size() > 1) {
            throw new InvalidRuleException(path, "must have one operator, not " + node.size());
        }
        operation(operator, node.get(operator), path + "." + operator);
    }

    private static void operation(String operator, JsonNode operands, String path) {
        switch (operator) {
            case "var" -> variable(operands, path);
            case "missing" -> names(operands, path);
            case "missing_some" -> missingSome(operands, path);
            case "!", "!!" -> unary(operands, path);
            case "starts_with", "ends_with" -> texts(operands, path);
            case "sem_ver" -> versions(operands, path);
            case "fractional" -> fractional(operands, path);
            default -> {
                Count count = OPERANDS.get(operator);
                if (count == null) {
                    throw new InvalidRuleException(path, "must be an operator: " + OPERATORS);
                }
                counted(operands, count, path);
                each(operands, path);
            }
        }
    }

    private static void counted(JsonNode operands, Count count, String path) {
        if (!operands.isArray() || operands.size() < count.least || operands.size() > count.most) {
            throw new InvalidRuleException(path, "must be a list of " + count.text());
        }
    }

    private static void each(JsonNode operands, String path) {
        for (int i = 0; i < operands.size(); i++) {
            operand(operands.get(i), path + "[" + i + "]");
        }
    }

    private static void operand(JsonNode node, String path) {
        if (!node.isObject()) {
            return;
        }
        if (node.isEmpty()) {
            throw new InvalidRuleException(path, "must be a rule, a reference or a value");
        }
        JsonNode reference = node.size() == 1 ? node.get("$ref") : null;
        if (reference == null) {
            rule(node, path);
        } else if (!reference.isTextual()) {
            throw new InvalidRuleException(path + ".$ref", "must be the name of a shared rule");
        }
    }

    private static void unary(JsonNode operands, String path) {
        if (operands.isArray() && operands.size() == 1) {
            operand(operands.get(0), path + "[0]");
        } else {
            operand(operands, path);
        }
    }

    private static void variable(JsonNode name, String path) {
        if (name.isTextual()
                && name.textValue().startsWith("$flagd.")
                && !name.textValue().equals("$flagd.timestamp")
                && !name.textValue().equals("$flagd.flagKey")) {
            throw new InvalidRuleException(path, "must be $flagd.flagKey or $flagd.timestamp");
        }
    }

    private static void names(JsonNode names, String path) {
        if (!names.isArray()) {
            throw new InvalidRuleException(path, "must be a list of names");
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isTextual()) {
                throw new InvalidRuleException(path + "[" + i + "]", "must be a name");
            }
        }
    }

    private static void missingSome(JsonNode operands, String path) {
        counted(operands, new Count(2, 2), path);
        if (!operands.get(0).isNumber()) {
            throw new InvalidRuleException(path + "[0]", "must be a number");
        }
        names(operands.get(1), path + "[1]");
    }

    private static void texts(JsonNode operands, String path) {
        counted(operands, new Count(2, 2), path);
        for (int i = 0; i < 2; i++) {
            String at = path + "[" + i + "]";
            if (operands.get(i).isObject()) {
                rule(operands.get(i), at);
            } else if (!operands.get(i).isTextual()) {
                throw new InvalidRuleException(at, "must be a text or a rule");
            }
        }
    }

    private static void versions(JsonNode operands, String path) {
        counted(operands, new Count(3, 3), path);
        version(operands.get(0), path + "[0]");
        if (!VERSION_SIGNS.contains(operands.get(1).asText())) {
            throw new InvalidRuleException(
                    path + "[1]", "must be one of " + String.join(" ", VERSION_SIGNS));
        }
        version(operands.get(2), path + "[2]");
    }

    private static void version(JsonNode operand, String path) {
        boolean variable =
                operand.isObject()
                        && (operand.isEmpty() || (operand.size() == 1 && operand.has("var")));
        if (variable) {
            rule(operand, path);
        } else if (!operand.isTextual() || !Version.isComplete(operand.textValue())) {
            throw new InvalidRuleException(path, "must be a version such as 1.2.3, or a variable");
        }
    }

    private static void fractional(JsonNode operands, String path) {
        counted(operands, new Count(1, ANY), path);
        int first = 0;
        if (!operands.get(0).isArray()) {
            rule(operands.get(0), path + "[0]");
            first = 1;
        }
        for (int i = first; i < operands.size(); i++) {
            share(operands.get(i), path + "[" + i + "]");
        }
    }

    private static void share(JsonNode share, String path) {
        if (!share.isArray() || share.isEmpty() || share.size() > 2) {
            throw new InvalidRuleException(path, "must be a list of a variant and its weight");
        }
        operand(share.get(0), path + "[0]");
        if (share.size() == 1) {
            return;
        }
        JsonNode weight = share.get(1);
        String at = path + "[1]";
        if (weight.isObject()) {
            rule(weight, at);
        } else if (!isWhole(weight) || weight.doubleValue() < 0) {
            throw new InvalidRuleException(
                    at, "must be a whole number that is not negative, or a rule");
        }
    }

    private static boolean isWhole(JsonNode number) {
        return number.isNumber() && number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static String operators() {
        Set<String> all = new TreeSet<>(OPERANDS.keySet());
        all.addAll(OTHERS);
        return String.join(" ", all);
    }
}
