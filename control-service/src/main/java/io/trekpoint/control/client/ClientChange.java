package io.trekpoint.control.client;

import org.jspecify.annotations.Nullable;

/**
 * What a change of a client did, or would do.
 *
 * @param revision of the control state after it; the present one for a dry run and for a change of
 *     nothing
 * @param dryRun whether nothing was written
 * @param client the client after it
 * @param diff before and after
 */
public record ClientChange(long revision, boolean dryRun, ClientView client, Diff diff) {
    /**
     * Before and after.
     *
     * @param before absent where it could not be read
     * @param after the client
     */
    public record Diff(@Nullable ClientView before, ClientView after) {}
}
