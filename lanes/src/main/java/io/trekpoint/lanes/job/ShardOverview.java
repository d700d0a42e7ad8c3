package io.trekpoint.lanes.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is in one shard at one moment.
 *
 * @param shard which one, from 0
 * @param lines the work streams, the most urgent first
 * @param front jobs in line before all others, since they were claimed before
 * @param waiting jobs behind others of their client, in no stream yet
 * @param delayed jobs that wait for their time
 * @param active jobs that workers hold
 * @param dead dead letters
 * @param ended ended jobs that are kept, dead letters among them
 * @param oldest for how long the oldest unfinished job has been there; zero where there is none
 * @param paused who paused it and when; empty where it is not paused
 * @param bytes held by inputs and outputs, allowances included
 * @param deadBytes of those, held by dead letters
 * @param ceiling what inputs and outputs may hold at the most by the {@code maxmemory} of this
 *     Redis; 0 where it has none
 * @param counters of what should be rare, by name; all from 0 since the data set began
 */
public record ShardOverview(
        int shard,
        Map<Priority, Line> lines,
        long front,
        long waiting,
        long delayed,
        long active,
        long dead,
        long ended,
        Duration oldest,
        Optional<Paused> paused,
        long bytes,
        long deadBytes,
        long ceiling,
        Map<String, Long> counters) {

    /**
     * What inputs and outputs may hold in this shard: the least of two bounds.
     *
     * @param set the bound that operators have set; 0 for none
     * @return bytes; 0 for no bound at all
     */
    public long budget(long set) {
        return set == 0 || ceiling == 0 ? Math.max(set, ceiling) : Math.min(set, ceiling);
    }

    /**
     * A work stream.
     *
     * @param depth its jobs
     * @param oldest for how long the first of them has been in it; zero where there is none
     */
    public record Line(long depth, Duration oldest) {}

    /**
     * A pause.
     *
     * @param by who asked for it
     * @param at when
     */
    public record Paused(String by, Instant at) {}

    /** The work stream of a priority. */
    public Line line(Priority priority) {
        return lines.getOrDefault(priority, new Line(0, Duration.ZERO));
    }
}
