package io.trekpoint.api.limit;

import io.trekpoint.lanes.limit.LocalLimits;
import io.trekpoint.lanes.setting.LimitSettings;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * This gateway's share of the limits: how large it is by the number of gateways now, what it gives
 * as the settings say now.
 *
 * @param gateways how many gateways share the limits
 * @param maxClients how many clients are kept apart
 * @param settings the settings now
 */
public record LocalShare(
        IntSupplier gateways, int maxClients, Supplier<? extends SettingValues> settings)
        implements LocalLimits {
    @Override
    public int replicas() {
        return gateways.getAsInt();
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
