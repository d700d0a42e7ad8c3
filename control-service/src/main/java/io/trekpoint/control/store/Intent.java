package io.trekpoint.control.store;

/**
 * Why a change is made.
 *
 * @param action {@code put}, {@code kill} or {@code restore}
 * @param actor the id of the client that makes it
 * @param reason in its own words
 * @param requestId the request it came with
 */
public record Intent(String action, String actor, String reason, String requestId) {}
