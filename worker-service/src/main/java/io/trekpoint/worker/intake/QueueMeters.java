package io.trekpoint.worker.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.Priority;
import io.trekpoint.lanes.job.QueueOverview;
import io.trekpoint.lanes.job.ShardOverview;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Shows what is in the shards as metrics. Every worker shows the same; while the lane cannot be
 * read they show nothing rather than what was.
 */
@ApplicationScoped
class QueueMeters {
    private static final Logger LOG = Logger.getLogger(QueueMeters.class);

    private final QueueOverview overview;
    private final Supplier<JobRules> rules;
    private final MultiGauge jobs;
    private final MultiGauge oldest;
    private final MultiGauge bytes;
    private final MultiGauge counted;

    QueueMeters(QueueOverview overview, Supplier<JobRules> rules, MeterRegistry meters) {
        this.overview = overview;
        this.rules = rules;
        this.jobs =
                MultiGauge.builder("trek.jobs.stored")
                        .description("Jobs of a shard by where they stand")
                        .register(meters);
        this.oldest =
                MultiGauge.builder("trek.jobs.oldest")
                        .description("Age of the first job in line, and of the oldest unfinished")
                        .baseUnit("seconds")
                        .register(meters);
        this.bytes =
                MultiGauge.builder("trek.jobs.bytes")
                        .description("Bytes of inputs and outputs of a shard, and its budget")
                        .register(meters);
        this.counted =
                MultiGauge.builder("trek.jobs.counted")
                        .description("What should be rare, since the shard's data set began")
                        .register(meters);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        List<ShardOverview> shards = List.of();
        try {
            shards = overview.shards();
        } catch (LaneException e) {
            LOG.debugf("the shards cannot be counted: %s", e.getMessage());
        }
        show(shards);
    }

    private void show(List<ShardOverview> shards) {
        List<MultiGauge.Row<?>> counts = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        List<MultiGauge.Row<?>> sizes = new ArrayList<>();
        List<MultiGauge.Row<?>> rare = new ArrayList<>();
        for (ShardOverview shard : shards) {
            for (Priority priority : Priority.values()) {
                ShardOverview.Line line = shard.line(priority);
                String place = priority.name().toLowerCase(Locale.ROOT);
                counts.add(row(shard, place, line.depth()));
                ages.add(row(shard, place, line.oldest().toSeconds()));
            }
            counts.add(row(shard, "front", shard.front()));
            counts.add(row(shard, "waiting", shard.waiting()));
            counts.add(row(shard, "delayed", shard.delayed()));
            counts.add(row(shard, "active", shard.active()));
            counts.add(row(shard, "dead", shard.dead()));
            counts.add(row(shard, "ended", shard.ended()));
            ages.add(row(shard, "unfinished", shard.oldest().toSeconds()));
            shard.counters()
                    .forEach((what, count) ->
                            rare.add(MultiGauge.Row.of(tags(shard, "what", what), count)));
            sizes.add(row(shard, "held", shard.bytes()));
            sizes.add(row(shard, "dead", shard.deadBytes()));
            sizes.add(row(shard, "budget", shard.budget(rules.get().room().byteBudget())));
        }
        jobs.register(counts, true);
        oldest.register(ages, true);
        bytes.register(sizes, true);
        counted.register(rare, true);
    }

    private static MultiGauge.Row<Number> row(ShardOverview shard, String place, long value) {
        return MultiGauge.Row.of(tags(shard, "place", place), value);
    }

    private static Tags tags(ShardOverview shard, String name, String value) {
        return Tags.of("shard", String.valueOf(shard.shard()), name, value);
    }
}
