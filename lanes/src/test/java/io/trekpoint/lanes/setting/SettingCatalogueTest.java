package io.trekpoint.lanes.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.trekpoint.lanes.client.Tier;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingCatalogueTest {
    private static final SettingValues NOTHING_STORED = key -> Optional.empty();

    @Test
    void findsEachSettingByItsKey() {
        for (SettingKey<?> key : SettingCatalogue.all()) {
            assertThat(SettingCatalogue.find(key.key())).as(key.key()).contains(key);
        }
        assertThat(SettingCatalogue.find("gpx.export")).isEmpty();
    }

    @Test
    void saysOfEachWhatItIs() {
        assertThat(SettingCatalogue.all())
                .allSatisfy(key -> {
                    assertThat(key.key()).matches("[a-z]+(\\.[a-z]+(-[a-z]+)*)+");
                    assertThat(key.unit()).isNotBlank();
                    assertThat(key.description()).isNotBlank();
                    assertThat(key.owner())
                            .isIn("api-service", "worker-service", "control-service");
                });
    }

    @Test
    void declaresDefaultsThatKeepTheirOwnBounds() {
        for (SettingKey<?> key : SettingCatalogue.all()) {
            for (Tier tier : Tier.values()) {
                assertThatCode(() -> key.validate(key.show(null, tier)))
                        .as("%s for %s", key, tier)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void declaresDefaultsThatKeepTheRulesBetweenSettings() {
        assertThat(SettingRule.all())
                .allSatisfy(rule ->
                        assertThat(rule.brokenFor(NOTHING_STORED)).as(rule.text()).isEmpty());
    }
}
