package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.Global;
import java.util.List;

/** How the control service keeps its own affairs. */
public final class ControlSettings {
    /** How many revisions of the audit stay in Redis. */
    public static final Global<Integer> AUDIT_KEPT =
            new Global<>(
                    new About(
                            "control.audit.kept",
                            "revisions",
                            "control-service",
                            "How many revisions of the audit stay in Redis once they are archived; older ones are in the files alone"),
                    SettingType.wholeNumber(100, 1_000_000),
                    10_000);

    static final List<SettingKey<?>> ALL = List.of(AUDIT_KEPT);

    private ControlSettings() {}
}
