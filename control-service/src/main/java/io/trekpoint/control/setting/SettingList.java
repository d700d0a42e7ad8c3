package io.trekpoint.control.setting;

import java.util.List;

/**
 * Every setting the product reads.
 *
 * @param revision of the control state
 * @param settings in the order of the catalogue
 */
public record SettingList(long revision, List<SettingView> settings) {}
