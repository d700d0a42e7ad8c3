package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.FlagAnswer.ErrorCode;
import io.trekpoint.lanes.flag.FlagAnswer.Reason;
import io.trekpoint.lanes.flag.rule.Evaluation;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.flag.rule.Rule;
import io.trekpoint.lanes.flag.rule.RuleValue;
import io.trekpoint.lanes.flag.rule.WorkExceededException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a flag answers by its definition. Immutable; every answer it can give is made beforehand. */
sealed interface Targeting {
    FlagAnswer answer(EvaluationContext context);

    /** The same answer for everybody. */
    record Fixed(FlagAnswer answer) implements Targeting {
        @Override
        public FlagAnswer answer(EvaluationContext context) {
            return answer;
        }
    }

    /**
     * The variant that a rule names.
     *
     * @param key the flag's key
     * @param rule evaluates to the name of a variant, or to null
     * @param variants the answer for each variant
     * @param otherwise the answer for null
     */
    record Ruled(String key, Rule rule, Map<String, FlagAnswer> variants, FlagAnswer otherwise)
            implements Targeting {
        private static final int LONGEST_SHOWN = 100;
        private static final FlagAnswer TOO_MUCH_WORK =
                FlagAnswer.error(
                        ErrorCode.GENERAL,
                        "the targeting takes more than " + Evaluation.MOST_WORK + " steps");

        @Override
        public FlagAnswer answer(EvaluationContext context) {
            try {
                Object value = rule.evaluate(new Evaluation(context, key));
                return value == null ? otherwise : answerFor(value);
            } catch (WorkExceededException e) {
                return TOO_MUCH_WORK;
            }
        }

        private FlagAnswer answerFor(Object value) {
            String name = RuleValue.name(value);
            FlagAnswer answer = name == null ? null : variants.get(name);
            return answer != null
                    ? answer
                    : FlagAnswer.error(
                            ErrorCode.GENERAL,
                            "the targeting names no variant of the flag: " + shown(name));
        }

        private static String shown(@Nullable String name) {
            if (name == null) {
                return "a list or an object";
            }
            return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
        }
    }

    /** For a flag with one answer: its default variant, or the code default. */
    static Targeting none(@Nullable String defaultVariant, Map<String, JsonNode> variants) {
        return new Fixed(
                defaultVariant == null
                        ? FlagAnswer.CODE_DEFAULT
                        : new FlagAnswer(
                                variants.get(defaultVariant), defaultVariant, Reason.STATIC));
    }

    /** For a flag whose variant depends on the context. */
    static Targeting of(
            String key,
            Rule rule,
            @Nullable String defaultVariant,
            Map<String, JsonNode> variants) {
        Map<String, FlagAnswer> matches = new HashMap<>();
        variants.forEach((name, value) ->
                matches.put(name, new FlagAnswer(value, name, Reason.TARGETING_MATCH)));
        FlagAnswer otherwise =
                defaultVariant == null
                        ? FlagAnswer.CODE_DEFAULT
                        : new FlagAnswer(
                                variants.get(defaultVariant), defaultVariant, Reason.DEFAULT);
        return new Ruled(key, rule, Map.copyOf(matches), otherwise);
    }
}
