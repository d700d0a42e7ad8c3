package io.trekpoint.lanes.job;

import java.time.Duration;

/** What a submit came to. */
public sealed interface SubmitOutcome {
    /**
     * The job is accepted, and will not be lost as far as {@link Durability} goes.
     *
     * @param job its record as it was written
     */
    record Accepted(JobRecord job) implements SubmitOutcome {}

    /**
     * The same request was accepted before, under another identity; nothing was added.
     *
     * @param id the first job
     */
    record Same(JobId id) implements SubmitOutcome {}

    /** The idempotency key belongs to another request; nothing was added. */
    record Conflict() implements SubmitOutcome {}

    /** The byte budget of the shard is spent; nothing was added. */
    record OverBudget() implements SubmitOutcome {}

    /** The input lapsed before the submit came; nothing was added. */
    record InputGone() implements SubmitOutcome {}

    /**
     * The job asked to wait longer than {@code jobs.horizon} allows; nothing was added.
     *
     * @param horizon how far ahead it may ask for
     */
    record TooFarAhead(Duration horizon) implements SubmitOutcome {}
}
