package io.trekpoint.lanes.job;

import static java.util.Map.entry;
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
                                new JobRules.Line(
                                        Map.of(
                                                Priority.HIGH, 500,
                                                Priority.NORMAL, 100,
                                                Priority.LOW, 20),
                                        Duration.ofSeconds(30),
                                        Duration.ofDays(30)),
                                new JobRules.Attempts(
                                        3, Duration.ofSeconds(2), Duration.ofMinutes(5)),
                                new JobRules.Room(
                                        1L << 30, 3, Duration.ofMinutes(10), Duration.ofHours(1)),
                                new JobRules.Kept(
                                        Duration.ofHours(24),
                                        512L << 20,
                                        Duration.ofDays(7),
                                        128L << 20,
                                        Duration.ofDays(7),
                                        Duration.ofHours(24),
                                        20_000)));
    }

    @Test
    void takeEachNumberFromItsSetting() {
        Map<String, JsonNode> stored =
                Map.ofEntries(
                        entry("jobs.lease", TextNode.valueOf("3s")),
                        entry("jobs.active-cap", IntNode.valueOf(2)),
                        entry("jobs.ageing-step", TextNode.valueOf("4s")),
                        entry("jobs.horizon", TextNode.valueOf("5s")),
                        entry("jobs.max-attempts", IntNode.valueOf(6)),
                        entry("jobs.backoff", TextNode.valueOf("7s")),
                        entry("jobs.longest-backoff", TextNode.valueOf("8s")),
                        entry("jobs.byte-budget", IntNode.valueOf(9)),
                        entry("jobs.output-allowance", IntNode.valueOf(10)),
                        entry("jobs.input-ttl", TextNode.valueOf("11s")),
                        entry("jobs.output-ttl", TextNode.valueOf("12s")),
                        entry("jobs.retention", TextNode.valueOf("13s")),
                        entry("jobs.retained-bytes", IntNode.valueOf(14)),
                        entry("jobs.dead-letter-retention", TextNode.valueOf("15s")),
                        entry("jobs.dead-letter-bytes", IntNode.valueOf(16)),
                        entry("jobs.tombstone", TextNode.valueOf("17s")),
                        entry("jobs.idempotency-ttl", TextNode.valueOf("18s")),
                        entry("jobs.events-kept", IntNode.valueOf(119)));
        SettingValues settings = key -> Optional.ofNullable(stored.get(key));

        assertThat(JobRules.of(settings))
                .isEqualTo(
                        new JobRules(
                                Duration.ofSeconds(3),
                                new JobRules.Line(
                                        Map.of(
                                                Priority.HIGH, 2,
                                                Priority.NORMAL, 2,
                                                Priority.LOW, 2),
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(5)),
                                new JobRules.Attempts(
                                        6, Duration.ofSeconds(7), Duration.ofSeconds(8)),
                                new JobRules.Room(
                                        9, 10, Duration.ofSeconds(11), Duration.ofSeconds(12)),
                                new JobRules.Kept(
                                        Duration.ofSeconds(13),
                                        14,
                                        Duration.ofSeconds(15),
                                        16,
                                        Duration.ofSeconds(17),
                                        Duration.ofSeconds(18),
                                        119)));
    }
}
