package io.trekpoint.worker.intake;

import io.trekpoint.lanes.guard.LaneException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps over several shards, of which one in trouble does not keep the others waiting. */
final class EachShard {
    private EachShard() {}

    /**
     * Does a step for each shard.
     *
     * @throws LaneException the first that a step threw, once all were done
     */
    static void run(int shards, Consumer<Integer> step) {
        run(IntStream.range(0, shards).boxed().toList(), step);
    }

    /**
     * Does a step for each shard.
     *
     * @return whether any of the steps was answered with true
     * @throws LaneException the first that a step threw, once all were done
     */
    static boolean any(int shards, Predicate<Integer> step) {
        boolean[] any = {false};
        run(shards, shard -> any[0] |= step.test(shard));
        return any[0];
    }

    /** The same for some of them. */
    static void run(Iterable<Integer> shards, Consumer<Integer> step) {
        @Nullable LaneException first = null;
        for (int shard : shards) {
            try {
                step.accept(shard);
            } catch (LaneException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
