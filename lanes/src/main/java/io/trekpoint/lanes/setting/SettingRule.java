package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.client.TokenKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What several settings must be beside each other, for every tier. Kept at every write, over the
 * state that would result.
 *
 * @param text in words, naming the settings
 * @param keys the settings it is about
 * @param holds whether values keep it for a tier
 */
public record SettingRule(
        String text, List<SettingKey<?>> keys, BiPredicate<SettingValues, Tier> holds) {
    private static final List<SettingRule> RULES =
            List.of(
                    new SettingRule(
                            "limits.hour.requests must be at least limits.burst.requests",
                            List.of(LimitSettings.HOUR_REQUESTS, LimitSettings.BURST_REQUESTS),
                            (all, tier) ->
                                    all.get(LimitSettings.HOUR_REQUESTS, tier)
                                            >= all.get(LimitSettings.BURST_REQUESTS, tier)),
                    new SettingRule(
                            "gpx.max-inflated-bytes must be at least gpx.max-upload-bytes",
                            List.of(GpxSettings.MAX_INFLATED_BYTES, GpxSettings.MAX_UPLOAD_BYTES),
                            (all, tier) ->
                                    all.get(GpxSettings.MAX_INFLATED_BYTES, tier)
                                            >= all.get(GpxSettings.MAX_UPLOAD_BYTES, tier)),
                    new SettingRule(
                            "auth.jwt.issuer needs auth.jwt.audience and auth.jwt.key",
                            List.of(
                                    TokenSettings.ISSUER,
                                    TokenSettings.AUDIENCE,
                                    TokenSettings.KEY),
                            (all, tier) ->
                                    all.get(TokenSettings.ISSUER).isEmpty()
                                            || (!all.get(TokenSettings.AUDIENCE).isEmpty()
                                                    && !all.get(TokenSettings.KEY).isEmpty())),
                    new SettingRule(
                            "auth.jwt.algorithm must be one of the family of auth.jwt.key",
                            List.of(TokenSettings.ALGORITHM, TokenSettings.KEY),
                            (all, tier) ->
                                    TokenKey.of(all.get(TokenSettings.KEY))
                                            .map(key -> key.fits(all.get(TokenSettings.ALGORITHM)))
                                            .orElse(true)),
                    new SettingRule(
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
                    new SettingRule(
                            "jobs.idempotency-ttl must be at least jobs.input-ttl",
                            List.of(JobSettings.IDEMPOTENCY_TTL, JobSettings.INPUT_TTL),
                            (all, tier) ->
                                    all.get(JobSettings.IDEMPOTENCY_TTL)
                                                    .compareTo(all.get(JobSettings.INPUT_TTL))
                                            >= 0),
                    new SettingRule(
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
                                            <= 0));

    /** Every rule. */
    public static List<SettingRule> all() {
        return RULES;
    }

    /** The rules that speak of a setting. */
    public static List<SettingRule> of(SettingKey<?> key) {
        return RULES.stream().filter(rule -> rule.keys.contains(key)).toList();
    }

    /** The first tier for which values break the rule; empty where they keep it. */
    public Optional<Tier> brokenFor(SettingValues values) {
        return Stream.of(Tier.values()).filter(tier -> !holds.test(values, tier)).findFirst();
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
                        .ifPresent(tier -> {
                            throw new InvalidSettingException(
                                    "value", rule.broken(resulting, tier));
                        });
            }
        }
    }

    private String broken(SettingValues values, Tier tier) {
        List<String> read =
                keys.stream()
                        .map(key ->
                                key.key()
                                        + " "
                                        + key.show(values.stored(key.key()).orElse(null), tier)
                                                .asText())
                        .toList();
        return "%s; for %s: %s".formatted(text, tier.label(), String.join(", ", read));
    }
}
