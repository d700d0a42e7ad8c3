package io.trekpoint.lanes.job;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.trekpoint.lanes.setting.JobSettings;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The numbers of the job protocol as operators have them now. Each call of a script goes by one
 * copy; processes that disagree for a moment, while a change arrives, do no harm to each other.
 *
 * @param lease how long a claim holds without being renewed; renewed every third of it
 * @param line how jobs wait to be claimed
 * @param attempts how often a job is tried, and when again
 * @param room what inputs and outputs may take
 * @param kept what is kept of ended jobs, and how long
 */
public record JobRules(Duration lease, Line line, Attempts attempts, Room room, Kept kept) {
    /**
     * How jobs wait to be claimed.
     *
     * @param activeCaps how many jobs of one client may be in line or active, for each priority
     * @param ageingStep by how much longer a job of the next lower priority must have waited to be
     *     claimed first
     * @param horizon how far ahead a job may ask not to be claimed before
     */
    public record Line(Map<Priority, Integer> activeCaps, Duration ageingStep, Duration horizon) {}

    /**
     * How often a job is tried, and when again. The n-th failure is followed by a wait drawn evenly
     * from zero to {@code backoff × 2ⁿ⁻¹}, at most the longest one.
     *
     * @param most how many times a job may be claimed
     * @param backoff the upper bound of the first wait
     * @param longestBackoff the upper bound of every wait
     */
    public record Attempts(int most, Duration backoff, Duration longestBackoff) {}

    /**
     * What inputs and outputs may take.
     *
     * @param byteBudget bytes that they may hold in one shard; 0 for no bound
     * @param outputAllowance what is set aside for an output, as a multiple of the stored input
     * @param inputTtl how long input chunks wait for their submit
     * @param outputTtl how long output chunks wait for their finish
     */
    public record Room(
            long byteBudget, int outputAllowance, Duration inputTtl, Duration outputTtl) {}

    /**
     * What is kept of ended jobs, and how long. What would go over the bytes of a shard goes before
     * its time, the oldest first.
     *
     * @param ended how long an ended job and its result are kept
     * @param endedBytes what ended jobs may hold, dead letters among them
     * @param dead how long a dead letter is kept
     * @param deadBytes what dead letters may hold
     * @param tombstone how long the tombstone of an expired job answers 410
     * @param idempotency how long an idempotency key is remembered
     * @param events about how many entries the events stream keeps
     */
    public record Kept(
            Duration ended,
            long endedBytes,
            Duration dead,
            long deadBytes,
            Duration tombstone,
            Duration idempotency,
            int events) {}

    /** As the settings say. */
    public static JobRules of(SettingValues settings) {
        return new JobRules(
                settings.get(JobSettings.LEASE),
                new Line(
                        Stream.of(Priority.values())
                                .collect(
                                        toUnmodifiableMap(
                                                priority -> priority,
                                                priority ->
                                                        settings.get(
                                                                JobSettings.ACTIVE_CAP,
                                                                priority.tier()))),
                        settings.get(JobSettings.AGEING_STEP),
                        settings.get(JobSettings.HORIZON)),
                new Attempts(
                        settings.get(JobSettings.MAX_ATTEMPTS),
                        settings.get(JobSettings.BACKOFF),
                        settings.get(JobSettings.LONGEST_BACKOFF)),
                new Room(
                        settings.get(JobSettings.BYTE_BUDGET),
                        settings.get(JobSettings.OUTPUT_ALLOWANCE),
                        settings.get(JobSettings.INPUT_TTL),
                        settings.get(JobSettings.OUTPUT_TTL)),
                new Kept(
                        settings.get(JobSettings.RETENTION),
                        settings.get(JobSettings.RETAINED_BYTES),
                        settings.get(JobSettings.DEAD_LETTER_RETENTION),
                        settings.get(JobSettings.DEAD_LETTER_BYTES),
                        settings.get(JobSettings.TOMBSTONE),
                        settings.get(JobSettings.IDEMPOTENCY_TTL),
                        settings.get(JobSettings.EVENTS_KEPT)));
    }

    /** What the scripts that move jobs in line take first: ARGV 1 to 4 of part {@code line}. */
    List<Object> lineArguments() {
        List<Object> args = new ArrayList<>();
        args.add(kept.events());
        for (Priority priority : Priority.values()) {
            args.add(line.activeCaps().getOrDefault(priority, 1));
        }
        return args;
    }
}
