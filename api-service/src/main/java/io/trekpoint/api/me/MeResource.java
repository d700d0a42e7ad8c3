package io.trekpoint.api.me;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.api.limit.Charging;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.setting.GatewaySettings;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.lanes.setting.JobSettings;
import io.trekpoint.lanes.setting.LimitSettings;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What a caller may know of itself, over HTTP. */
@Path("/v1/me")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    /** What a client can run into. */
    private static final List<SettingKey<?>> SHOWN =
            List.of(
                    LimitSettings.BURST_REQUESTS,
                    LimitSettings.BURST_WINDOW,
                    LimitSettings.HOUR_REQUESTS,
                    GpxSettings.EXPORT_MONTHLY_QUOTA,
                    GpxSettings.MAX_UPLOAD_BYTES,
                    GpxSettings.MAX_INFLATED_BYTES,
                    GpxSettings.MAX_POINTS,
                    GpxSettings.MAX_LINES,
                    GatewaySettings.LONGEST_WAIT,
                    GatewaySettings.OPEN_WAITS,
                    JobSettings.ACTIVE_CAP,
                    JobSettings.RETENTION,
                    JobSettings.IDEMPOTENCY_TTL,
                    JobSettings.HORIZON);

    private static final String EXAMPLE =
            """
            {"client": "7Kq3TzPaWx0b", "name": "Ada", "tier": "pro", "roles": [], "countedBy": "redis",
             "limits": [
               {"name": "burst", "requests": 20, "windowSeconds": 1, "remaining": 20, "moreInSeconds": 0},
               {"name": "hour", "requests": 20000, "windowSeconds": 3600, "remaining": 19998, "moreInSeconds": 1}],
             "quotas": [
               {"name": "exports", "month": "2026-11", "allowance": 500, "remaining": 498, "moreInSeconds": 561600}],
             "features": {"gpx.export": true, "gpx.stats": true},
             "settings": {"gpx.max-upload-bytes": 52428800, "gateway.longest-wait": "30s"},
             "revision": 12}\
            """;

    private final Call call;
    private final Charging charging;

    MeResource(Call call, Charging charging) {
        this.call = call;
        this.charging = charging;
    }

    /** Shows the caller what is known of it, and what is left. */
    @GET
    @Operation(
            summary = "Look at yourself: what is left of limits and quotas",
            description =
                    "Costs nothing: it is not counted, and it answers when every limit is spent.")
    @APIResponse(
            responseCode = "200",
            description = "How the caller stands",
            content =
                    @Content(
                            schema = @Schema(implementation = MeView.class),
                            examples = @ExampleObject(name = "pro", value = EXAMPLE)))
    public MeView me() {
        Caller client = call.caller();
        ControlState control = call.control();
        Decision look = charging.look();
        return new MeView(
                client.id(),
                client.name(),
                client.tier().label(),
                client.roles().stream().map(Role::label).sorted().toList(),
                look.source().name().toLowerCase(Locale.ROOT),
                MeView.limits(look),
                MeView.quotas(look),
                features(control, client),
                settings(control, client),
                control.head().revision());
    }

    private static Map<String, Boolean> features(ControlState control, Caller client) {
        EvaluationContext context = EvaluationContext.ofClient(client.id(), client.tier().label());
        Map<String, Boolean> features = new TreeMap<>();
        for (FlagKey flag : FlagKey.catalogue()) {
            features.put(flag.key(), control.enabled(flag, context));
        }
        return features;
    }

    private static Map<String, JsonNode> settings(ControlState control, Caller client) {
        Map<String, JsonNode> settings = new TreeMap<>();
        for (SettingKey<?> key : SHOWN) {
            JsonNode stored = control.stored(key.key()).orElse(null);
            settings.put(key.key(), key.show(stored, client.tier().label()));
        }
        return settings;
    }
}
