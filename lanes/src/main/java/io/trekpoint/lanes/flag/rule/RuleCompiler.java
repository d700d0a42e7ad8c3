package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a rule. What can be known beforehand is computed here: constant operands, conditions
 * that never change, versions and lists that are written out.
 */
public final class RuleCompiler {
    /** How deep a rule may be nested, with the shared rules it refers to. */
    public static final int DEEPEST = 200;

    private static final int LONGEST_COMPUTED_TEXT = 1_000;
    private static final int LONGEST_PATH = 100;

    private final Evaluators evaluators;
    private int deepest;

    private RuleCompiler(Evaluators evaluators) {
        this.evaluators = evaluators;
    }

    /**
     * Compiles a rule as flagd takes it, which is more than the format's JSON Schema allows: what
     * an operator cannot use evaluates to null.
     *
     * @param path where it stands
     * @param evaluators the shared rules it may refer to
     * @throws InvalidRuleException when it cannot be evaluated at all: an unknown operator, an
     *     unknown reference, nested too deep
     */
    public static CompiledRule compile(JsonNode source, String path, Evaluators evaluators) {
        RuleCompiler compiler = new RuleCompiler(evaluators);
        Rule rule = compiler.rule(source, RulePath.of(path), 1);
        return new CompiledRule(rule, compiler.deepest);
    }

    private Rule rule(JsonNode source, RulePath path, int depth) {
        descend(depth, path);
        if (source instanceof ArrayNode list) {
            List<Rule> elements = operands(list, path, depth);
            return allConstant(elements)
                    ? new Constant(elements.stream().map(RuleCompiler::value).toList())
                    : new ListLiteral(elements);
        }
        if (!(source instanceof ObjectNode object) || object.size() != 1) {
            return new Constant(Values.of(source));
        }
        Map.Entry<String, JsonNode> only = object.properties().iterator().next();
        String operator = only.getKey();
        RulePath at = path.operator(operator);
        if (operator.equals("$ref")) {
            return reference(only.getValue(), at, depth);
        }
        return operation(operator, only.getValue(), at, depth + 1);
    }

    private void descend(int depth, RulePath path) {
        deepest = Math.max(deepest, depth);
        if (depth > DEEPEST) {
            String whole = path.toString();
            String beginning = whole.substring(0, Math.min(whole.length(), LONGEST_PATH));
            throw new InvalidRuleException(
                    beginning + "…", "is nested deeper than " + DEEPEST + " levels");
        }
    }

    private Rule reference(JsonNode name, RulePath path, int depth) {
        if (!name.isTextual()) {
            throw new InvalidRuleException(path.toString(), "must be the name of a shared rule");
        }
        CompiledRule shared = evaluators.rule(name.textValue(), path.toString());
        descend(depth + shared.depth(), path);
        return shared.rule();
    }

    private List<Rule> operands(JsonNode source, RulePath path, int depth) {
        if (!source.isArray()) {
            return List.of(rule(source, path, depth + 1));
        }
        List<Rule> operands = new ArrayList<>(source.size());
        for (int i = 0; i < source.size(); i++) {
            operands.add(rule(source.get(i), path.operand(i), depth + 1));
        }
        return List.copyOf(operands);
    }

    private Rule operation(String operator, JsonNode source, RulePath path, int depth) {
        if (operator.equals("fractional")) {
            return fractional(source, path, depth);
        }
        List<Rule> operands = operands(source, path, depth);
        return switch (operator) {
            case "var" -> variable(operands);
            case "missing" -> missing(operands);
            case "missing_some" -> new Missing(operand(operands, 0), operand(operands, 1));
            case "if", "?:" -> Conditional.of(operands);
            case "map" -> iteration(Iteration.Kind.MAP, operands);
            case "filter" -> iteration(Iteration.Kind.FILTER, operands);
            case "all" -> iteration(Iteration.Kind.ALL, operands);
            case "some" -> iteration(Iteration.Kind.SOME, operands);
            case "none" -> iteration(Iteration.Kind.NONE, operands);
            case "reduce" ->
                    new Reduction(operand(operands, 0), operand(operands, 1), operand(operands, 2));
            case "merge" -> new Merge(operands);
            case "sem_ver" -> versionMatch(operands);
            // What a context holds is nobody's business in a log.
            case "log" -> operand(operands, 0);
            default -> computed(pure(operator, operands, path), operands);
        };
    }

    /** Operators whose value depends on nothing but their operands. */
    private static Rule pure(String operator, List<Rule> operands, RulePath path) {
        return switch (operator) {
            case "==" -> equality(false, true, operands);
            case "===" -> equality(true, true, operands);
            case "!=" -> equality(false, false, operands);
            case "!==" -> equality(true, false, operands);
            case "!" -> new Negation(false, operand(operands, 0));
            case "!!" -> new Negation(true, operand(operands, 0));
            case "and" -> new Junction(false, operands);
            case "or" -> new Junction(true, operands);
            case "<" -> order(Order.Sign.LESS, operands);
            case "<=" -> order(Order.Sign.LESS_OR_EQUAL, operands);
            case ">" -> order(Order.Sign.GREATER, operands);
            case ">=" -> order(Order.Sign.GREATER_OR_EQUAL, operands);
            case "+" -> new Arithmetic(Arithmetic.Operator.ADD, operands);
            case "-" -> new Arithmetic(Arithmetic.Operator.SUBTRACT, operands);
            case "*" -> new Arithmetic(Arithmetic.Operator.MULTIPLY, operands);
            case "/" -> new Arithmetic(Arithmetic.Operator.DIVIDE, operands);
            case "%" -> new Arithmetic(Arithmetic.Operator.REMAINDER, operands);
            case "min" -> new Arithmetic(Arithmetic.Operator.LEAST, operands);
            case "max" -> new Arithmetic(Arithmetic.Operator.GREATEST, operands);
            case "cat" -> new Concatenation(operands);
            case "substr" ->
                    new Substring(
                            operand(operands, 0),
                            operand(operands, 1),
                            operands.size() > 2 ? operands.get(2) : null);
            case "in" -> Membership.of(operand(operands, 0), operand(operands, 1));
            case "starts_with" -> affix(false, operands);
            case "ends_with" -> affix(true, operands);
            default -> throw new InvalidRuleException(path.toString(), "is not an operator");
        };
    }

    private static Rule variable(List<Rule> operands) {
        Rule otherwise = operand(operands, 1);
        if (!(operand(operands, 0) instanceof Constant(var name))) {
            return new ComputedVariable(operands.getFirst(), otherwise);
        }
        Evaluation nobody = new Evaluation(EvaluationContext.EMPTY, "");
        return new Variable(
                Variable.path(name == null ? "" : Values.text(name, nobody)), otherwise);
    }

    private static Rule missing(List<Rule> operands) {
        boolean listed =
                operands.size() == 1
                        && !(operands.getFirst() instanceof Constant(var only)
                                && !Values.isList(only));
        return new Missing(null, listed ? operands.getFirst() : new ListLiteral(operands));
    }

    private static Rule iteration(Iteration.Kind kind, List<Rule> operands) {
        return new Iteration(kind, operand(operands, 0), operand(operands, 1));
    }

    private static Rule equality(boolean strict, boolean wanted, List<Rule> operands) {
        return new Equality(strict, wanted, operand(operands, 0), operand(operands, 1));
    }

    private static Rule order(Order.Sign sign, List<Rule> operands) {
        return new Order(
                sign,
                operand(operands, 0),
                operand(operands, 1),
                operands.size() > 2 ? operands.get(2) : null);
    }

    private static Rule affix(boolean atEnd, List<Rule> operands) {
        return operands.size() == 2
                ? new Affix(atEnd, operands.get(0), operands.get(1))
                : Constant.NULL;
    }

    private static Rule versionMatch(List<Rule> operands) {
        if (operands.size() != 3 || !(operands.get(1) instanceof Constant(var sign))) {
            return Constant.NULL;
        }
        VersionMatch.Comparator comparator = VersionMatch.Comparator.of(sign);
        if (comparator == null) {
            return Constant.NULL;
        }
        Rule left = versionBeforehand(operands.get(0));
        Rule right = versionBeforehand(operands.get(2));
        return computed(new VersionMatch(left, comparator, right), List.of(left, right));
    }

    private static Rule versionBeforehand(Rule operand) {
        Evaluation nobody = new Evaluation(EvaluationContext.EMPTY, "");
        return operand instanceof Constant(var written)
                ? new Constant(VersionMatch.version(written, nobody))
                : operand;
    }

    private Rule fractional(JsonNode source, RulePath path, int depth) {
        if (!source.isArray()) {
            rule(source, path, depth + 1);
            return Constant.NULL;
        }
        boolean bucketed = !source.isEmpty() && !source.get(0).isArray();
        Rule bucketing = bucketed ? rule(source.get(0), path.operand(0), depth + 1) : null;
        List<Fractional.Share> shares = new ArrayList<>();
        boolean valid = true;
        for (int i = bucketed ? 1 : 0; i < source.size(); i++) {
            List<Rule> share = operands(source.get(i), path.operand(i), depth + 1);
            valid &= source.get(i).isArray() && !share.isEmpty();
            Rule weight = share.size() > 1 ? share.get(1) : new Constant(1.0);
            shares.add(new Fractional.Share(operand(share, 0), weight));
        }
        return valid && !shares.isEmpty()
                ? new Fractional(bucketing, List.copyOf(shares))
                : Constant.NULL;
    }

    /** The rule, or its value where that is the same for everybody, and small. */
    private static Rule computed(Rule rule, List<Rule> operands) {
        if (!allConstant(operands)) {
            return rule;
        }
        try {
            Object value = rule.evaluate(new Evaluation(EvaluationContext.EMPTY, ""));
            boolean small =
                    !(value instanceof String text) || text.length() <= LONGEST_COMPUTED_TEXT;
            return Values.isScalar(value) && small ? new Constant(value) : rule;
        } catch (WorkExceededException e) {
            return rule;
        }
    }

    private static boolean allConstant(List<Rule> rules) {
        for (Rule rule : rules) {
            if (!(rule instanceof Constant)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object value(Rule constant) {
        return ((Constant) constant).value();
    }

    private static Rule operand(List<Rule> operands, int index) {
        return index < operands.size() ? operands.get(index) : Constant.NULL;
    }
}
