package io.trekpoint.control.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trekpoint.lanes.job.Priority;
import io.trekpoint.lanes.job.ShardOverview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A queue: all shards together, and each of them.
 *
 * @param name its name
 * @param paused the pause of the first shard that is paused; absent where none is
 * @param depth jobs that can be claimed now
 * @param waiting jobs behind others of their client
 * @param delayed jobs that wait for their time
 * @param active jobs that workers hold
 * @param dead dead letters
 * @param ended ended jobs that are kept, dead letters among them
 * @param oldestSeconds for how long the oldest unfinished job has been there
 * @param bytes what inputs and outputs hold
 * @param counters of what should be rare, all from 0 since the data set began
 * @param shards each shard
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueView(
        String name,
        @Nullable Paused paused,
        long depth,
        long waiting,
        long delayed,
        long active,
        long dead,
        long ended,
        long oldestSeconds,
        Bytes bytes,
        Map<String, Long> counters,
        List<Shard> shards) {

    /**
     * A pause.
     *
     * @param by the client who asked for it
     * @param at when
     */
    public record Paused(String by, Instant at) {}

    /**
     * What inputs and outputs hold.
     *
     * @param held in all, allowances for outputs included
     * @param dead of that, by dead letters
     * @param budget what they may hold in one shard, by the setting and by the memory of Redis; 0
     *     for no bound
     */
    public record Bytes(long held, long dead, long budget) {}

    /**
     * One line of a shard.
     *
     * @param priority {@code high}, {@code normal} or {@code low}; {@code front} for jobs that were
     *     claimed before and go first
     * @param depth its jobs
     * @param oldestSeconds for how long the first of them has been in it; absent for the front
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(String priority, long depth, @Nullable Long oldestSeconds) {}

    /**
     * One shard.
     *
     * @param shard its number
     * @param paused its pause; absent where it is not paused
     * @param lines its lines, the most urgent first
     * @param waiting as of the queue, like the others
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shard(
            int shard,
            @Nullable Paused paused,
            List<Line> lines,
            long waiting,
            long delayed,
            long active,
            long dead,
            long ended,
            long bytes) {}

    static QueueView of(String name, List<ShardOverview> shards, long budget) {
        return new QueueView(
                name,
                shards.stream()
                        .flatMap(shard -> shard.paused().stream())
                        .findFirst()
                        .map(QueueView::paused)
                        .orElse(null),
                sum(shards, QueueView::depth),
                sum(shards, ShardOverview::waiting),
                sum(shards, ShardOverview::delayed),
                sum(shards, ShardOverview::active),
                sum(shards, ShardOverview::dead),
                sum(shards, ShardOverview::ended),
                shards.stream()
                        .map(ShardOverview::oldest)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .toSeconds(),
                new Bytes(
                        sum(shards, ShardOverview::bytes),
                        sum(shards, ShardOverview::deadBytes),
                        shards.stream()
                                .mapToLong(shard -> shard.budget(budget))
                                .min()
                                .orElse(budget)),
                counters(shards),
                shards.stream().map(QueueView::shard).toList());
    }

    private static Shard shard(ShardOverview shard) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("front", shard.front(), null));
        for (Priority priority : Priority.values()) {
            ShardOverview.Line line = shard.line(priority);
            lines.add(
                    new Line(
                            priority.name().toLowerCase(Locale.ROOT),
                            line.depth(),
                            line.oldest().toSeconds()));
        }
        return new Shard(
                shard.shard(),
                shard.paused().map(QueueView::paused).orElse(null),
                lines,
                shard.waiting(),
                shard.delayed(),
                shard.active(),
                shard.dead(),
                shard.ended(),
                shard.bytes());
    }

    private static Paused paused(ShardOverview.Paused paused) {
        return new Paused(paused.by(), paused.at());
    }

    private static long depth(ShardOverview shard) {
        return shard.front()
                + shard.lines().values().stream().mapToLong(ShardOverview.Line::depth).sum();
    }

    private static long sum(List<ShardOverview> shards, ToLongFunction<ShardOverview> what) {
        return shards.stream().mapToLong(what).sum();
    }

    private static Map<String, Long> counters(List<ShardOverview> shards) {
        Map<String, Long> all = new TreeMap<>();
        shards.forEach(
                shard -> shard.counters().forEach((name, n) -> all.merge(name, n, Long::sum)));
        return all;
    }
}
