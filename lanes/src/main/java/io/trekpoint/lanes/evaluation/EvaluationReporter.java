package io.trekpoint.lanes.evaluation;

import io.trekpoint.lanes.evaluation.EvaluationCounters.Count;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.redis.Script;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The loop that adds what was counted to {@link EvaluationKeys} in batches of bounded size, by
 * {@code evaluations.lua}. What Redis does not take is lost, and so is what was counted last before
 * a process ends.
 */
public final class EvaluationReporter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EvaluationReporter.class);
    private static final int BATCH = 200;
    private static final int MOST_FLAGS = 20_000;
    private static final int MOST_COUNTS = 50_000;
    private static final int MOST_CONSUMERS = 20;
    private static final Duration DAYS_KEPT = Duration.ofDays(8);

    private final EvaluationCounters counters;
    private final Lane lane;
    private final InstantSource clock;
    private final Duration interval;
    private final Script script = Script.load("evaluations");
    private final Loop loop;

    private EvaluationReporter(
            EvaluationCounters counters, Duration interval, Lane lane, InstantSource clock) {
        this.counters = counters;
        this.lane = lane;
        this.clock = clock;
        this.interval = interval;
        this.loop = Loop.start("evaluations", this::turn);
    }

    /**
     * Starts reporting.
     *
     * @param lane the control lane
     * @param clock tells the day; when a flag was evaluated is told by Redis
     */
    public static EvaluationReporter start(
            EvaluationCounters counters, EvaluationConfig config, Lane lane, InstantSource clock) {
        return new EvaluationReporter(counters, config.interval(), lane, clock);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        long leftOut = counters.drainLeftOut();
        if (leftOut > 0) {
            LOG.warnf(
                    "%d evaluations were not counted: too many flags are asked for by too many",
                    leftOut);
        }
        List<Count> counts = counters.drain();
        for (int from = 0; from < counts.size(); from += BATCH) {
            report(counts.subList(from, Math.min(from + BATCH, counts.size())));
        }
        return interval;
    }

    private void report(List<Count> counts) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Object> args = new ArrayList<>();
        args.add(MOST_FLAGS);
        args.add(MOST_COUNTS);
        args.add(MOST_CONSUMERS);
        args.add(DAYS_KEPT.toSeconds());
        for (Count count : counts) {
            args.add(count.flag());
            args.add(count.consumer());
            args.add(count.variant());
            args.add(EvaluationKeys.field(count.flag(), count.reason(), count.variant()));
            args.add(count.count());
        }
        script.run(lane, List.of(EvaluationKeys.FLAGS, EvaluationKeys.day(today)), args);
    }
}
