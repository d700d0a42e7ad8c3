package io.trekpoint.lanes.evaluation;

import io.trekpoint.lanes.flag.FlagAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts evaluations in this process until they are reported: by who asked, flag, variant and
 * reason. Counting takes no lock and, once a combination was seen, allocates nothing. Beyond {@link
 * #MOST_FLAGS} combinations of who and flag new ones are not counted; once half of that is taken,
 * those that were idle from one report to the next make room. Thread-safe.
 */
public final class EvaluationCounters {
    /** How many combinations of who asked and flag are counted. */
    static final int MOST_FLAGS = 20_000;

    private final Map<String, Map<String, Map<String, Cell>>> consumers = new ConcurrentHashMap<>();
    private final LongAdder flags = new LongAdder();
    private final LongAdder leftOut = new LongAdder();

    /**
     * What was counted of one combination.
     *
     * @param consumer who asked
     * @param flag its key
     * @param variant the variant; empty where the answer had none
     * @param reason as OpenFeature names it
     * @param count at least 1
     */
    record Count(String consumer, String flag, String variant, String reason, long count) {}

    /**
     * Counts one evaluation.
     *
     * @param consumer who asked: a service, or a client of the control service
     * @param flag the key of a flag that is known, so that callers cannot fill this with others
     */
    public void count(String consumer, String flag, FlagAnswer answer) {
        Map<String, Map<String, Cell>> ofConsumer = consumers.get(consumer);
        Map<String, Cell> ofFlag = ofConsumer == null ? null : ofConsumer.get(flag);
        if (ofFlag == null) {
            if (flags.sum() >= MOST_FLAGS) {
                leftOut.increment();
                return;
            }
            ofFlag =
                    consumers
                            .computeIfAbsent(consumer, _ -> new ConcurrentHashMap<>())
                            .computeIfAbsent(flag, _ -> newFlag());
        }
        String variant = answer.variant() == null ? "" : answer.variant();
        Cell cell = ofFlag.get(variant);
        if (cell == null) {
            cell = ofFlag.computeIfAbsent(variant, _ -> new Cell());
        }
        cell.count(answer.reason());
    }

    /** How many evaluations were not counted since the last time, for want of room. */
    long drainLeftOut() {
        return leftOut.sumThenReset();
    }

    /** Takes out all that was counted since the last time, ordered by flag. */
    List<Count> drain() {
        boolean crowded = flags.sum() > MOST_FLAGS / 2;
        List<Count> counts = new ArrayList<>();
        consumers.forEach((consumer, ofConsumer) ->
                ofConsumer.forEach((flag, variants) -> {
                    int before = counts.size();
                    drain(consumer, flag, variants, counts);
                    // Who counts in it at this moment is one evaluation short.
                    if (crowded && counts.size() == before && ofConsumer.remove(flag) != null) {
                        flags.decrement();
                    }
                }));
        counts.sort(Comparator.comparing(Count::flag));
        return counts;
    }

    private static void drain(
            String consumer, String flag, Map<String, Cell> variants, List<Count> to) {
        variants.forEach((variant, cell) ->
                cell.drain()
                        .forEach((reason, count) ->
                                to.add(new Count(consumer, flag, variant, reason.name(), count))));
    }

    private Map<String, Cell> newFlag() {
        flags.increment();
        return new ConcurrentHashMap<>(4);
    }

    /** One flag's answers of one variant. The map is never written to after it was made. */
    private static final class Cell {
        private final Map<FlagAnswer.Reason, LongAdder> reasons =
                new EnumMap<>(FlagAnswer.Reason.class);

        Cell() {
            for (FlagAnswer.Reason reason : FlagAnswer.Reason.values()) {
                reasons.put(reason, new LongAdder());
            }
        }

        void count(FlagAnswer.Reason reason) {
            Objects.requireNonNull(reasons.get(reason)).increment();
        }

        Map<FlagAnswer.Reason, Long> drain() {
            Map<FlagAnswer.Reason, Long> counts = new EnumMap<>(FlagAnswer.Reason.class);
            reasons.forEach((reason, counted) -> {
                long count = counted.sumThenReset();
                if (count > 0) {
                    counts.put(reason, count);
                }
            });
            return counts;
        }
    }
}
