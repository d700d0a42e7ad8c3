package io.trekpoint.bench.flag;

import io.github.jamsesso.jsonlogic.JsonLogic;
import io.github.jamsesso.jsonlogic.JsonLogicException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * io.github.jamsesso:json-logic-java on the same rules. It keeps what it has parsed; the split is
 * an operation added to it, as flagd's provider for Java does.
 */
@State(Scope.Benchmark)
public class JsonLogicJava {
    private final JsonLogic logic =
            new JsonLogic().addOperation("fractional", JsonLogicJava::split);
    private final Map<String, Object> context =
            Map.of("targetingKey", "client-4711", "tier", "paid", "country", "ch", "level", 7);

    /** Three conditions. */
    @Benchmark
    public Object conditions() throws JsonLogicException {
        return logic.apply(Rule.CONDITIONS.json(), context);
    }

    /** Three conditions and a split. */
    @Benchmark
    public Object split() throws JsonLogicException {
        return logic.apply(Rule.CONDITIONS_AND_SPLIT.json(), context);
    }

    private static Object split(Object[] operands) {
        byte[] key = ((String) operands[0]).getBytes(StandardCharsets.UTF_8);
        long hash = Integer.toUnsignedLong(MurmurHash3.hash32x86(key, 0, key.length, 0));
        long total = 0;
        for (int i = 1; i < operands.length; i++) {
            total += weight(operands[i]);
        }
        long bucket = (hash * total) >>> 32;
        long end = 0;
        for (int i = 1; i < operands.length; i++) {
            end += weight(operands[i]);
            if (bucket < end) {
                return ((List<?>) operands[i]).get(0);
            }
        }
        throw new IllegalStateException("no share for bucket " + bucket);
    }

    private static long weight(Object share) {
        return ((Number) ((List<?>) share).get(1)).longValue();
    }
}
