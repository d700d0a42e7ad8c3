package io.trekpoint.api.status;

import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.StatusView;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Named;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** This gateway's own modes, known without asking anybody. */
@Path("/status")
public class StatusResource {
    private static final String EXAMPLE =
            """
            {"service": "api-service", "version": "0.1.0", "instance": "api-service-5f1c2a9e",
             "startedAt": "2026-05-04T06:00:00Z",
             "lanes": [
               {"lane": "jobs", "breaker": "closed", "readable": true, "writable": true,
                "since": "2026-05-04T06:00:01.120Z"}],
             "concerns": [
               {"concern": "jobs", "lane": "jobs", "mode": "normal", "since": "2026-05-04T06:00:01.120Z",
                "failureDefault": "new jobs are refused with 503 and nothing is half-accepted"}],
             "controlState": {"revision": 12, "epoch": "b1946ac92492d2347c6235b4d2611184", "source": "redis", "ageSeconds": 0}}\
            """;

    private final List<Lane> lanes;
    private final ConcernModes concerns;
    private final Mirror mirror;
    private final String instance;
    private final String version;
    private final Instant startedAt =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

    StatusResource(
            @Named("jobs") Lane jobs,
            @Named("limits") Lane limits,
            @Named("control") Lane control,
            ConcernModes concerns,
            Mirror mirror,
            @Named("instance") String instance,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.lanes = List.of(jobs, limits, control);
        this.concerns = concerns;
        this.mirror = mirror;
        this.instance = instance;
        this.version = version;
    }

    /** The status. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Look at this gateway",
            description =
                    "Its lanes, what each concern is doing and the control state it goes by, known without asking"
                            + " anybody. Anyone may look.")
    @APIResponse(
            responseCode = "200",
            description = "How it stands",
            content =
                    @Content(
                            schema = @Schema(implementation = StatusView.class),
                            examples = @ExampleObject(name = "normal", value = EXAMPLE)))
    public StatusView status() {
        return new StatusView(
                "api-service",
                version,
                instance,
                startedAt,
                lanes.stream().map(lane -> StatusView.LaneView.of(lane.status())).toList(),
                concerns.report(),
                mirror.status());
    }
}
