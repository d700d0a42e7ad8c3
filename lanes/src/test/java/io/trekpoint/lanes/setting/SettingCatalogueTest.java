package io.trekpoint.lanes.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
            for (String subject : key.subjects()) {
                assertThatCode(() -> key.validate(key.show(null, subject)))
                        .as("%s for %s", key, subject)
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
