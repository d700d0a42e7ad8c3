package io.trekpoint.bench.flag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The evaluator of the house. */
@State(Scope.Benchmark)
public class Ours {
    private final Flag fixed = Rule.withoutTargeting();
    private final Flag conditions = Rule.CONDITIONS.flag();
    private final Flag split = Rule.CONDITIONS_AND_SPLIT.flag();
    private EvaluationContext context = EvaluationContext.EMPTY;

    /** Takes the context as a request brings it. */
    @Setup
    public void prepare() {
        context = EvaluationContext.of((ObjectNode) Rule.read(Rule.CONTEXT));
    }

    /** A flag with one answer for everybody. */
    @Benchmark
    public FlagAnswer fixed() {
        return fixed.evaluate(context);
    }

    /** Three conditions. */
    @Benchmark
    public FlagAnswer conditions() {
        return conditions.evaluate(context);
    }

    /** Three conditions and a split. */
    @Benchmark
    public FlagAnswer split() {
        return split.evaluate(context);
    }
}
