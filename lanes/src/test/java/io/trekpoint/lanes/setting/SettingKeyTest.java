package io.trekpoint.lanes.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.client.Tier;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingKeyTest {
    private static final SettingKey.Global<Duration> LEASE = JobSettings.LEASE;
    private static final SettingKey<Duration> LIMIT = JobSettings.SOFT_LIMIT;
    private static final SettingKey<Integer> QUOTA = GpxSettings.EXPORT_MONTHLY_QUOTA;

    @ParameterizedTest
    @CsvSource({"FREE,10", "PRO,500", "PARTNER,10000"})
    void readsTheCodeDefaultWhereNothingIsStored(Tier tier, int expected) {
        assertThat(QUOTA.read(null, tier.label())).isEqualTo(expected);
    }

    @Test
    void readsAScalarForEveryTier() {
        assertThat(QUOTA.read(json("3"), "free")).isEqualTo(3);
        assertThat(QUOTA.read(json("3"), "partner")).isEqualTo(3);
    }

    @Test
    void readsATierThenTheStoredDefaultThenTheCodeDefault() {
        JsonNode both = json("{'default':4,'tiers':{'free':0}}");
        assertThat(QUOTA.read(both, "free")).isZero();
        assertThat(QUOTA.read(both, "pro")).isEqualTo(4);
        assertThat(QUOTA.read(json("{'tiers':{'free':1}}"), "pro")).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'many'",
                "null",
                "[]",
                "{}",
                "-1",
                "1.5",
                "1000001",
                "99999999999999999999",
                "{'tiers':[]}",
                "{'tiers':{'free':'x'}}",
                "{'default':null}"
            })
    void readsTheCodeDefaultWhereTheStoredValueIsBad(String stored) {
        assertThat(QUOTA.read(json(stored), "free")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000000", "{'default':1}", "{'tiers':{'free':1,'pro':2}}"})
    void acceptsWhatKeepsTheRules(String value) {
        assertThatCode(() -> QUOTA.validate(json(value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-1|value",
                "1000001|value",
                "1.0|value",
                "'1'|value",
                "null|value",
                "{}|value",
                "{'default':-1}|value.default",
                "{'tiers':{}}|value.tiers",
                "{'tiers':3}|value.tiers",
                "{'tiers':{'gold':3}}|value.tiers.gold",
                "{'tiers':{'free':true}}|value.tiers.free",
                "{'tier':{'free':3}}|value.tier"
            })
    void namesTheFieldThatIsWrong(String value, String field) {
        InvalidSettingException refused =
                catchThrowableOfType(
                        InvalidSettingException.class, () -> QUOTA.validate(json(value)));
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.rule()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"'10s',10000", "2500ms,2500", "5m,300000", "2000ms,2000"})
    void readsATimeWithItsUnit(String stored, long millis) {
        JsonNode value = json("'" + stored + "'");
        LEASE.validate(value);
        assertThat(LEASE.read(value, "pro")).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10", "'10'", "'10 s'", "'-10s'", "'1.5s'", "'PT10S'", "'1999ms'", "'301s'"})
    void refusesATimeWithoutUnitOrOutOfBounds(String stored) {
        assertThat(
                        catchThrowableOfType(
                                        InvalidSettingException.class,
                                        () -> LEASE.validate(json(stored)))
                                .rule())
                .contains("from 2s to 5m");
        assertThat(LEASE.read(json(stored), "pro")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void readsATypeOfJobThenTheStoredDefaultThenTheCodeDefault() {
        JsonNode both = json("{'default':'20s','types':{'stats':'5s'}}");
        assertThat(LIMIT.read(both, "stats")).isEqualTo(Duration.ofSeconds(5));
        assertThat(LIMIT.read(both, "export")).isEqualTo(Duration.ofSeconds(20));
        assertThat(LIMIT.read(json("{'types':{'stats':'5s'}}"), "export"))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(LIMIT.read(json("'7s'"), "export")).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'types':{'walk':'5s'}}|value.types.walk",
                "{'types':{'stats':5}}|value.types.stats",
                "{'types':{}}|value.types",
                "{'tiers':{'free':'5s'}}|value.tiers",
                "{}|value"
            })
    void namesTheFieldThatIsWrongForATypeOfJob(String value, String field) {
        InvalidSettingException refused =
                catchThrowableOfType(
                        InvalidSettingException.class, () -> LIMIT.validate(json(value)));
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.rule()).isNotBlank();
    }

    @Test
    void refusesPartsOfASecondWhereASettingHasNone() {
        var refused =
                catchThrowableOfType(
                        InvalidSettingException.class,
                        () -> LimitSettings.BURST_WINDOW.validate(json("'1500ms'")));
        assertThat(refused.rule()).contains("in whole seconds");
    }

    @Test
    void refusesTiersOfASettingThatIsTheSameForAll() {
        var refused =
                catchThrowableOfType(
                        InvalidSettingException.class,
                        () -> LEASE.validate(json("{'tiers':{'free':'5s'}}")));
        assertThat(refused.rule()).contains("same for every tier");
        assertThat(LEASE.read(json("{'tiers':{'free':'5s'}}"), "free"))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"0s,0s", "'30s',30s", "1000ms,1s"})
    void showsATimeAsItIsStored(String stored, String shown) {
        assertThat(GatewaySettings.LONGEST_WAIT.show(json("'" + stored + "'"), "free").asText())
                .isEqualTo(shown);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
