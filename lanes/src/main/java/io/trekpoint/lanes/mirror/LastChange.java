package io.trekpoint.lanes.mirror;

import java.time.Instant;

/**
 * The latest change of one entry.
 *
 * @param revision the revision it made
 * @param actor the id of the client that made it
 * @param reason why, in its own words
 * @param at when, by the control service's clock
 */
public record LastChange(long revision, String actor, String reason, Instant at) {}
