package io.trekpoint.worker.intake;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.lanes.setting.JobSettings;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;

/** How long an attempt may take, by the settings of one moment. */
final class TimeLimits {
    /** Nothing works on such a job: it fails before it takes any time. */
    private static final Duration OF_AN_UNKNOWN_TYPE = Duration.ofSeconds(90);

    private TimeLimits() {}

    /**
     * After which an engine stops by itself: what the type has or the tier has, if that is less.
     */
    static Duration soft(SettingValues settings, GpxType type, Tier tier) {
        Duration ofType = settings.get(JobSettings.SOFT_LIMIT, type);
        Duration ofTier = Duration.ofSeconds(settings.get(GpxSettings.MAX_SECONDS, tier));
        return ofType.compareTo(ofTier) < 0 ? ofType : ofTier;
    }

    /** After which a thread that has not come back is given up. */
    static Duration hard(SettingValues settings, String type) {
        return GpxType.ofLabel(type)
                .map(known -> settings.get(JobSettings.HARD_LIMIT, known))
                .orElse(OF_AN_UNKNOWN_TYPE);
    }
}
