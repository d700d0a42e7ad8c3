package io.trekpoint.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.lanes.setting.JobSettings;
import io.trekpoint.lanes.setting.SettingKey;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
    private static final SettingValues NOTHING_STORED = _ -> Optional.empty();

    @Test
    void stopsAnAttemptByTheTypeOfItsJob() {
        SettingValues settings = ofStats(JobSettings.SOFT_LIMIT, "5s");

        assertThat(TimeLimits.soft(settings, GpxType.STATS, Tier.PRO)).hasSeconds(5);
        assertThat(TimeLimits.soft(settings, GpxType.EXPORT, Tier.PRO)).hasSeconds(60);
    }

    @Test
    void stopsAnAttemptByTheTierOfItsClientIfThatIsSooner() {
        SettingValues settings =
                ofStats(JobSettings.SOFT_LIMIT, "10m")
                        .with(GpxSettings.MAX_SECONDS, IntNode.valueOf(120));

        assertThat(TimeLimits.soft(settings, GpxType.STATS, Tier.PRO)).hasSeconds(120);
        assertThat(TimeLimits.soft(settings, GpxType.EXPORT, Tier.PRO)).hasSeconds(60);
    }

    @Test
    void givesAThreadUpByTheTypeOfItsJob() {
        SettingValues settings = ofStats(JobSettings.HARD_LIMIT, "2m");

        assertThat(TimeLimits.hard(settings, "stats")).hasMinutes(2);
        assertThat(TimeLimits.hard(settings, "export")).hasSeconds(90);
        assertThat(TimeLimits.hard(settings, "of a later version")).isPositive();
    }

    private static SettingValues ofStats(SettingKey.PerType<Duration> key, String limit) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return NOTHING_STORED.with(
                key, json.objectNode().set("types", json.objectNode().put("stats", limit)));
    }
}
