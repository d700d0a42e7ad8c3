package io.trekpoint.lanes.setting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting the code reads. */
public final class SettingCatalogue {
    private static final List<SettingKey<?>> ALL =
            Stream.of(
                            GpxSettings.ALL,
                            LimitSettings.ALL,
                            GatewaySettings.ALL,
                            TokenSettings.ALL,
                            JobSettings.ALL,
                            ControlSettings.ALL)
                    .<SettingKey<?>>flatMap(List::stream)
                    .toList();
    private static final Map<String, SettingKey<?>> BY_KEY =
            ALL.stream()
                    .collect(Collectors.toUnmodifiableMap(SettingKey::key, Function.identity()));

    private SettingCatalogue() {}

    /** Every setting, those of one group together. */
    public static List<SettingKey<?>> all() {
        return ALL;
    }

    /** The setting of that key; empty where the code reads none. */
    public static Optional<SettingKey<?>> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }
}
