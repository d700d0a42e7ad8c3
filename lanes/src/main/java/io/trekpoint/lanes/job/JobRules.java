package io.trekpoint.lanes.job;

import io.trekpoint.lanes.setting.JobSettings;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;

/**
 * The numbers of the job protocol as operators have them now. Each call of a script goes by one
 * copy; processes that disagree for a moment, while a change arrives, do no harm to each other.
 *
 * @param lease how long a claim holds without being renewed; renewed every third of it
 * @param maxAttempts how many times a job may be claimed before it fails
 * @param retention how long an ended job and its result are kept
 * @param tombstone how long the tombstone of an expired job answers 410
 * @param byteBudget bytes that inputs and outputs may hold in one shard; 0 for no bound
 * @param outputAllowance what is set aside for an output, as a multiple of the stored input
 * @param inputTtl how long input chunks wait for their submit
 * @param outputTtl how long output chunks wait for their finish
 * @param idempotencyTtl how long an idempotency key is remembered
 * @param eventsKept about how many changes of state the events stream keeps
 */
public record JobRules(
        Duration lease,
        int maxAttempts,
        Duration retention,
        Duration tombstone,
        long byteBudget,
        int outputAllowance,
        Duration inputTtl,
        Duration outputTtl,
        Duration idempotencyTtl,
        int eventsKept) {

    /** As the settings say. */
    public static JobRules of(SettingValues settings) {
        return new JobRules(
                settings.get(JobSettings.LEASE),
                settings.get(JobSettings.MAX_ATTEMPTS),
                settings.get(JobSettings.RETENTION),
                settings.get(JobSettings.TOMBSTONE),
                settings.get(JobSettings.BYTE_BUDGET),
                settings.get(JobSettings.OUTPUT_ALLOWANCE),
                settings.get(JobSettings.INPUT_TTL),
                settings.get(JobSettings.OUTPUT_TTL),
                settings.get(JobSettings.IDEMPOTENCY_TTL),
                settings.get(JobSettings.EVENTS_KEPT));
    }
}
