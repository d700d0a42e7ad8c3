package io.trekpoint.lanes.mirror;

/**
 * One revision of the audit.
 *
 * @param revision the revision
 * @param entry who did what and why, as the JSON that was hashed
 * @param previous the hash of the revision before it; empty for the first
 * @param hash SHA-256 in hex of {@code previous} followed by {@code entry}
 */
public record AuditRecord(long revision, String entry, String previous, String hash) {}
