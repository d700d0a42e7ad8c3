package io.trekpoint.lanes.limit;

/**
 * What a job to come is paid by: quotas that are charged, until the job's end says whether they
 * stay so.
 *
 * @param name names it, among those of its client
 * @param fresh whether it came to be for this request; else an earlier one with the same
 *     idempotency key has paid
 */
public record Reservation(String name, boolean fresh) {}
