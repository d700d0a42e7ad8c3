package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * What quotas are reserved for: a job that is about to be submitted.
 *
 * @param id the identity it will be submitted with
 * @param key the idempotency key of the request; requests with the same one pay once
 * @param patience how long its submit may take; after that it is looked for, and what was reserved
 *     is given back if it never came to be
 * @param memory how long the key is remembered; at most as long as whoever takes jobs in remembers
 *     it, or a second job would go unpaid
 */
public record JobToCome(String id, Optional<String> key, Duration patience, Duration memory) {}
