package io.trekpoint.api.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A caller as the gateway sees it now.
 *
 * @param client its id
 * @param name its name, for people
 * @param tier {@code free}, {@code pro} or {@code partner}
 * @param roles what it may do at the control service; empty for a plain client
 * @param countedBy {@code redis}: as all gateways count together; {@code local}: as this one alone
 *     knows, while Redis is away
 * @param limits how often it may call
 * @param quotas what it may use up in a calendar month
 * @param features whether each feature is on for it
 * @param settings what bounds its requests and jobs
 * @param revision the revision of the control state that says so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
@Schema(
        requiredProperties = {
            "client",
            "name",
            "tier",
            "roles",
            "countedBy",
            "limits",
            "quotas",
            "features",
            "settings",
            "revision"
        })
public record MeView(
        String client,
        String name,
        @Schema(enumeration = {"free", "pro", "partner"}) String tier,
        List<String> roles,
        @Schema(enumeration = {"redis", "local"}) String countedBy,
        List<LimitView> limits,
        List<QuotaView> quotas,
        Map<String, Boolean> features,
        @Schema(description = "Values by their keys, in the form in which operators set them")
                Map<String, JsonNode> settings,
        long revision) {

    /**
     * A rate.
     *
     * @param name as in {@code RateLimit}
     * @param requests how many may come at once
     * @param windowSeconds in which they are earned back
     * @param remaining how many may come at once now
     * @param moreInSeconds until it is more, rounded up; 0 while nothing is taken
     */
    @RegisterForReflection
    public record LimitView(
            String name, long requests, long windowSeconds, long remaining, long moreInSeconds) {}

    /**
     * A quota.
     *
     * @param name as in {@code RateLimit}
     * @param month the calendar month in UTC that it is counted for
     * @param allowance what the month holds
     * @param remaining what is left of it
     * @param moreInSeconds until it is more, rounded up; 0 while nothing is taken
     */
    @RegisterForReflection
    public record QuotaView(
            String name, String month, long allowance, long remaining, long moreInSeconds) {}

    static List<LimitView> limits(Decision look) {
        List<LimitView> limits = new ArrayList<>();
        for (Standing standing : look.standings()) {
            if (standing.limit() instanceof Limit.Rate rate && !standing.watched()) {
                limits.add(
                        new LimitView(
                                rate.name(),
                                rate.requests(),
                                rate.window().toSeconds(),
                                standing.remaining(),
                                seconds(standing)));
            }
        }
        return limits;
    }

    static List<QuotaView> quotas(Decision look) {
        List<QuotaView> quotas = new ArrayList<>();
        for (Standing standing : look.standings()) {
            if (standing.limit() instanceof Limit.MonthlyQuota quota && !standing.watched()) {
                quotas.add(
                        new QuotaView(
                                quota.name(),
                                look.month().toString(),
                                quota.allowance(),
                                standing.remaining(),
                                seconds(standing)));
            }
        }
        return quotas;
    }

    private static long seconds(Standing standing) {
        return standing.untilMore().plusNanos(999_999_999).toSeconds();
    }
}
