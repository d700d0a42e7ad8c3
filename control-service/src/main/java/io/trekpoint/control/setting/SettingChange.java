package io.trekpoint.control.setting;

import org.jspecify.annotations.Nullable;

/**
 * What a change of a setting did, or would do.
 *
 * @param revision of the control state after it; the present one for a dry run
 * @param dryRun whether nothing was written
 * @param setting the setting after it
 * @param diff before and after
 */
public record SettingChange(long revision, boolean dryRun, SettingView setting, Diff diff) {
    /**
     * Before and after.
     *
     * @param before absent where the setting was not stored, or could not be read
     * @param after the setting after it; absent where it is stored neither before nor after
     */
    public record Diff(@Nullable SettingView before, @Nullable SettingView after) {}
}
