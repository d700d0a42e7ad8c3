package io.trekpoint.lanes.flag.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a rule: what it is about, where it stands, what it has cost. Not thread-safe.
 */
public final class Evaluation {
    /**
     * The most that one evaluation may cost: one step for each node that is evaluated, about one
     * for each character or element that is copied or searched, and one for 16 characters that are
     * read. Some milliseconds at most.
     */
    public static final int MOST_WORK = 100_000;

    private static final int CHARACTERS_A_STEP = 16;
    private static final String FLAGD = "$flagd";
    private static final Object ROOT = new Object();

    private final EvaluationContext context;
    private final String flagKey;
    private int left = MOST_WORK;
    private @Nullable Object scope = ROOT;

    /**
     * Prepares one.
     *
     * @param context what the flag is evaluated for
     * @param flagKey the flag's key, which rules see as {@code $flagd.flagKey}
     */
    public Evaluation(EvaluationContext context, String flagKey) {
        this.context = context;
        this.flagKey = flagKey;
    }

    void step() {
        spend(1);
    }

    /** Spends what it costs to go through a text once. */
    void read(String text) {
        spend(text.length() / CHARACTERS_A_STEP);
    }

    void spend(int work) {
        left -= work;
        if (left < 0) {
            throw new WorkExceededException();
        }
    }

    String flagKey() {
        return flagKey;
    }

    @Nullable String targetingKey() {
        return context.attribute(EvaluationContext.TARGETING_KEY) instanceof String key
                ? key
                : null;
    }

    /** Everything a variable can be looked up in: the context, or the element in hand. */
    @Nullable Object data() {
        return scope == ROOT ? context.attributes() : scope;
    }

    /** A variable by the first part of its name; {@link Values#ABSENT} where there is none. */
    @Nullable Object variable(String name) {
        if (scope != ROOT) {
            return Values.property(scope, name);
        }
        return name.equals(FLAGD) ? flagd() : context.attribute(name);
    }

    /** Evaluates a rule whose variables are those of one element. */
    @Nullable Object within(@Nullable Object element, Rule rule) {
        Object outer = scope;
        scope = element;
        Object value = rule.evaluate(this);
        scope = outer;
        return value;
    }

    private Object flagd() {
        return Map.of("flagKey", flagKey, "timestamp", (double) context.epochSeconds());
    }
}
