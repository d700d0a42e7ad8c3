package io.trekpoint.control.flag;

import org.jspecify.annotations.Nullable;

/**
 * What a change of a flag did, or would do.
 *
 * @param revision of the control state after it; the present one for a dry run and where nothing
 *     was to be done
 * @param dryRun whether nothing was written
 * @param flag the flag after it; absent where it was deleted and no code declares it
 * @param diff before and after
 */
public record FlagChange(long revision, boolean dryRun, @Nullable FlagView flag, Diff diff) {
    /**
     * Before and after.
     *
     * @param before absent where the flag was not stored, or could not be read
     * @param after the flag after it; absent where it was deleted and no code declares it
     */
    public record Diff(@Nullable FlagView before, @Nullable FlagView after) {}
}
