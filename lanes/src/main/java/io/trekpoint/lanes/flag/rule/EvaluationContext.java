package io.trekpoint.lanes.flag.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a flag is evaluated for: attributes by name. A view of what it is made from, which must not
 * change while it is in use; thread-safe then.
 */
public final class EvaluationContext {
    /** The attribute that says for whom: what {@code fractional} splits by. */
    public static final String TARGETING_KEY = "targetingKey";

    /** Without any attribute. */
    public static final EvaluationContext EMPTY = of(Map.of());

    private final Object attributes;
    private final InstantSource clock;

    private EvaluationContext(Object attributes, InstantSource clock) {
        this.attributes = attributes;
        this.clock = clock;
    }

    /** From JSON, as a request brings it. */
    public static EvaluationContext of(ObjectNode attributes) {
        return new EvaluationContext(attributes, InstantSource.system());
    }

    /**
     * From Java.
     *
     * @param attributes strings, booleans, numbers, and lists and maps of them
     */
    public static EvaluationContext of(Map<String, ?> attributes) {
        return new EvaluationContext(attributes, InstantSource.system());
    }

    /** For a client of the product: {@code targetingKey} is its id, {@code tier} its tier. */
    public static EvaluationContext ofClient(String id, String tier) {
        return of(Map.of(TARGETING_KEY, id, "tier", tier));
    }

    /** The same attributes at another time. */
    public EvaluationContext at(InstantSource time) {
        return new EvaluationContext(attributes, time);
    }

    /** All attributes, as an object. */
    Object attributes() {
        return attributes;
    }

    /** The attribute's value; {@link Values#ABSENT} where there is none. */
    @Nullable Object attribute(String name) {
        return Values.property(attributes, name);
    }

    /** Seconds since 1970. */
    long epochSeconds() {
        return clock.instant().getEpochSecond();
    }
}
