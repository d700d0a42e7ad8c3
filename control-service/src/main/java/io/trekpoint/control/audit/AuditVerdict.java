package io.trekpoint.control.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a check of the chain has found.
 *
 * @param verified whether every revision from {@code from} to {@code to} follows, and {@code to} is
 *     the present one
 * @param from the first revision that was checked; 1 unless older ones lie elsewhere
 * @param to the revision up to which the chain is whole
 * @param hash its hash
 * @param brokenAt the first revision that does not follow; absent where verified
 * @param why how it does not; absent where verified
 * @param where {@code archive} or {@code stream}; absent where verified
 */
public record AuditVerdict(
        boolean verified,
        long from,
        long to,
        String hash,
        @Nullable Long brokenAt,
        @Nullable String why,
        @Nullable String where) {}
