package io.trekpoint.api.limit;

import io.trekpoint.lanes.limit.LocalLimits;
import io.trekpoint.lanes.setting.LimitSettings;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * This gateway's share of the limits: how large it is as the process was told, what it gives as the
 * settings say now.
 *
 * @param config what the process was told
 * @param settings the settings now
 */
public record LocalShare(LocalConfig config, Supplier<? extends SettingValues> settings)
        implements LocalLimits {
    @Override
    public int replicas() {
        return config.replicas();
    }

    @Override
    public int maxClients() {
        return config.maxClients();
    }

    @Override
    public long quotaAllowance() {
        return settings.get().get(LimitSettings.LOCAL_QUOTA_ALLOWANCE);
    }

    @Override
    public Duration retryAfter() {
        return settings.get().get(LimitSettings.LOCAL_RETRY_AFTER);
    }
}
