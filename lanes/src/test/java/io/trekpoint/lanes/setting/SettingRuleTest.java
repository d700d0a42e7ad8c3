package io.trekpoint.lanes.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingRuleTest {
    private static final SettingValues NOTHING_STORED = key -> Optional.empty();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limits.hour.requests|19|limits.burst.requests 20",
                "limits.burst.requests|{'tiers':{'free':1001}}|for free",
                "gpx.max-inflated-bytes|{'tiers':{'pro':5}}|gpx.max-upload-bytes 52428800",
                "auth.jwt.issuer|'https://issuer.test'|auth.jwt.audience",
                "gpx.max-seconds|10|jobs.lease 10s",
                "jobs.lease|'60s'|gpx.max-seconds 60",
                "jobs.idempotency-ttl|'200h'|jobs.tombstone 7d",
                "jobs.soft-limit|'90s'|for import: jobs.soft-limit 90s, jobs.hard-limit 90s",
                "jobs.hard-limit|{'types':{'stats':'30s'}}|for stats: jobs.soft-limit 1m, jobs.hard-limit 30s",
                "jobs.idempotency-ttl|'9m'|jobs.input-ttl 10m",
            })
    void refusesWhatDoesNotGoTogether(String key, String value, String said) {
        InvalidSettingException refused = refused(key, value);
        assertThat(refused.rule()).contains(key).contains(said);
    }

    @Test
    void judgesByWhatIsStoredOfTheOthers() {
        SettingKey<?> seconds = SettingCatalogue.find("gpx.max-seconds").orElseThrow();
        SettingValues patient = NOTHING_STORED.with(seconds, json("120"));

        assertThatCode(() ->
                        SettingRule.check(
                                List.of(JobSettings.LEASE),
                                patient.with(JobSettings.LEASE, json("'90s'"))))
                .doesNotThrowAnyException();
    }

    @Test
    void judgesEachTypeOfJobByItself() {
        SettingValues longExports =
                NOTHING_STORED.with(JobSettings.HARD_LIMIT, json("{'types':{'export':'10m'}}"));

        assertThatCode(() ->
                        SettingRule.check(
                                List.of(JobSettings.SOFT_LIMIT),
                                longExports.with(
                                        JobSettings.SOFT_LIMIT, json("{'types':{'export':'5m'}}"))))
                .doesNotThrowAnyException();
    }

    @Test
    void letsAloneWhatAChangeDoesNotSpeakOf() {
        SettingValues broken = NOTHING_STORED.with(LimitSettings.HOUR_REQUESTS, json("1"));

        assertThatCode(() ->
                        SettingRule.check(
                                List.of(JobSettings.RETENTION),
                                broken.with(JobSettings.RETENTION, json("'48h'"))))
                .doesNotThrowAnyException();
    }

    private static InvalidSettingException refused(String key, String value) {
        SettingKey<?> setting = SettingCatalogue.find(key).orElseThrow();
        setting.validate(json(value));
        return catchThrowableOfType(
                InvalidSettingException.class,
                () ->
                        SettingRule.check(
                                List.of(setting), NOTHING_STORED.with(setting, json(value))));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
