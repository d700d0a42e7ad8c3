package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobRulesTest {
    @Test
    void areTheCodeDefaultsWhereNothingIsStored() {
        assertThat(JobRules.of(key -> Optional.empty()))
                .isEqualTo(
                        new JobRules(
                                Duration.ofSeconds(10),
                                3,
                                Duration.ofHours(24),
                                Duration.ofDays(7),
                                1L << 30,
                                3,
                                Duration.ofMinutes(10),
                                Duration.ofHours(1),
                                Duration.ofHours(24),
                                20_000));
    }

    @Test
    void takeEachNumberFromItsSetting() {
        Map<String, JsonNode> stored =
                Map.of(
                        "jobs.lease", TextNode.valueOf("3s"),
                        "jobs.max-attempts", IntNode.valueOf(4),
                        "jobs.retention", TextNode.valueOf("5s"),
                        "jobs.tombstone", TextNode.valueOf("6s"),
                        "jobs.byte-budget", IntNode.valueOf(7),
                        "jobs.output-allowance", IntNode.valueOf(8),
                        "jobs.input-ttl", TextNode.valueOf("9s"),
                        "jobs.output-ttl", TextNode.valueOf("10s"),
                        "jobs.idempotency-ttl", TextNode.valueOf("11s"),
                        "jobs.events-kept", IntNode.valueOf(120));
        SettingValues settings = key -> Optional.ofNullable(stored.get(key));

        assertThat(JobRules.of(settings))
                .isEqualTo(
                        new JobRules(
                                Duration.ofSeconds(3),
                                4,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                7,
                                8,
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(11),
                                120));
    }
}
