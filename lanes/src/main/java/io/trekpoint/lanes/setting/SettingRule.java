package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.client.TokenKey;
import io.trekpoint.lanes.gpx.GpxType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What several settings must be beside each other, for every tier or every type of job. Kept at
 * every write, over the state that would result.
 *
 * @param text in words, naming the settings
 * @param keys the settings it is about
 * @param subjects for whom or what it is to hold
 * @param holds whether values keep it for one of those
 */
public record SettingRule(
        String text,
        List<SettingKey<?>> keys,
        List<String> subjects,
        BiPredicate<SettingValues, String> holds) {
    private static final List<SettingRule> RULES =
            List.of(
                    perTier(
                            "limits.hour.requests must be at least limits.burst.requests",
                            List.of(LimitSettings.HOUR_REQUESTS, LimitSettings.BURST_REQUESTS),
                            (all, tier) ->
                                    all.get(LimitSettings.HOUR_REQUESTS, tier)
                                            >= all.get(LimitSettings.BURST_REQUESTS, tier)),
                    perTier(
                            "gpx.max-inflated-bytes must be at least gpx.max-upload-bytes",
                            List.of(GpxSettings.MAX_INFLATED_BYTES, GpxSettings.MAX_UPLOAD_BYTES),
                            (all, tier) ->
                                    all.get(GpxSettings.MAX_INFLATED_BYTES, tier)
                                            >= all.get(GpxSettings.MAX_UPLOAD_BYTES, tier)),
                    perTier(
                            "auth.jwt.issuer needs auth.jwt.audience and auth.jwt.key",
                            List.of(
                                    TokenSettings.ISSUER,
                                    TokenSettings.AUDIENCE,
                                    TokenSettings.KEY),
                            (all, tier) ->
                                    all.get(TokenSettings.ISSUER).isEmpty()
                                            || (!all.get(TokenSettings.AUDIENCE).isEmpty()
                                                    && !all.get(TokenSettings.KEY).isEmpty())),
                    perTier(
                            "auth.jwt.algorithm must be one of the family of auth.jwt.key",
                            List.of(TokenSettings.ALGORITHM, TokenSettings.KEY),
                            (all, tier) ->
                                    TokenKey.of(all.get(TokenSettings.KEY))
                                            .map(key -> key.fits(all.get(TokenSettings.ALGORITHM)))
                                            .orElse(true)),
                    perTier(
                            "jobs.lease must be shorter than gpx.max-seconds",
                            List.of(JobSettings.LEASE, GpxSettings.MAX_SECONDS),
                            (all, tier) ->
                                    all.get(JobSettings.LEASE)
                                                    .compareTo(
                                                            Duration.ofSeconds(
                                                                    all.get(
                                                                            GpxSettings.MAX_SECONDS,
                                                                            tier)))
                                            < 0),
                    perTier(
                            "jobs.idempotency-ttl must be at least jobs.input-ttl",
                            List.of(JobSettings.IDEMPOTENCY_TTL, JobSettings.INPUT_TTL),
                            (all, tier) ->
                                    all.get(JobSettings.IDEMPOTENCY_TTL)
                                                    .compareTo(all.get(JobSettings.INPUT_TTL))
                                            >= 0),
                    perTier(
                            "jobs.idempotency-ttl must be at most jobs.retention and jobs.tombstone together",
                            List.of(
                                    JobSettings.IDEMPOTENCY_TTL,
                                    JobSettings.RETENTION,
                                    JobSettings.TOMBSTONE),
                            (all, tier) ->
                                    all.get(JobSettings.IDEMPOTENCY_TTL)
                                                    .compareTo(
                                                            all.get(JobSettings.RETENTION)
                                                                    .plus(
                                                                            all.get(
                                                                                    JobSettings
                                                                                            .TOMBSTONE)))
                                            <= 0),
                    perType(
                            "jobs.soft-limit must be shorter than jobs.hard-limit",
                            List.of(JobSettings.SOFT_LIMIT, JobSettings.HARD_LIMIT),
                            (all, type) ->
                                    all.get(JobSettings.SOFT_LIMIT, type)
                                                    .compareTo(
                                                            all.get(JobSettings.HARD_LIMIT, type))
                                            < 0));

    private static SettingRule perTier(
            String text, List<SettingKey<?>> keys, BiPredicate<SettingValues, Tier> holds) {
        return new SettingRule(
                text,
                keys,
                Stream.of(Tier.values()).map(Tier::label).toList(),
                (all, label) -> holds.test(all, Tier.ofLabel(label).orElseThrow()));
    }

    private static SettingRule perType(
            String text, List<SettingKey<?>> keys, BiPredicate<SettingValues, GpxType> holds) {
        return new SettingRule(
                text,
                keys,
                Stream.of(GpxType.values()).map(GpxType::label).toList(),
                (all, label) -> holds.test(all, GpxType.ofLabel(label).orElseThrow()));
    }

    /** Every rule. */
    public static List<SettingRule> all() {
        return RULES;
    }

    /** The rules that speak of a setting. */
    public static List<SettingRule> of(SettingKey<?> key) {
        return RULES.stream().filter(rule -> rule.keys.contains(key)).toList();
    }

    /** The first of its subjects for which values break the rule; empty where they keep it. */
    public Optional<String> brokenFor(SettingValues values) {
        return subjects.stream().filter(subject -> !holds.test(values, subject)).findFirst();
    }

    /**
     * Checks a change by the rules that speak of it, whoever broke them.
     *
     * @param changed the settings that change
     * @param resulting every setting as it would be
     * @throws InvalidSettingException for the first rule that would not hold
     */
    public static void check(List<SettingKey<?>> changed, SettingValues resulting) {
        for (SettingRule rule : RULES) {
            if (rule.keys.stream().anyMatch(changed::contains)) {
                rule.brokenFor(resulting)
                        .ifPresent(subject -> {
                            throw new InvalidSettingException(
                                    "value", rule.broken(resulting, subject));
                        });
            }
        }
    }

    private String broken(SettingValues values, String subject) {
        List<String> read =
                keys.stream()
                        .map(key ->
                                key.key()
                                        + " "
                                        + key.show(values.stored(key.key()).orElse(null), subject)
                                                .asText())
                        .toList();
        return "%s; for %s: %s".formatted(text, subject, String.join(", ", read));
    }
}
