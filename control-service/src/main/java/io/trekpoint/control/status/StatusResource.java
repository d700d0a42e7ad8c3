package io.trekpoint.control.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.trekpoint.control.auth.Unguarded;
import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.StatusView;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this service is doing, known without asking anybody. */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
final class StatusResource {
    private final String service;
    private final String version;
    private final String instance = UUID.randomUUID().toString();
    private final Instant startedAt;
    private final Lane lane;
    private final Mirror mirror;
    private final ConcernModes modes;

    StatusResource(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version,
            InstantSource clock,
            Lane lane,
            Mirror mirror,
            MeterRegistry meters) {
        this.service = service;
        this.version = version;
        this.startedAt = clock.instant();
        this.lane = lane;
        this.mirror = mirror;
        this.modes = mirror.declare(new ConcernModes(meters));
    }

    /** Lanes, concerns and the control state. */
    @GET
    @Unguarded
    public StatusView get() {
        return new StatusView(
                service,
                version,
                instance,
                startedAt,
                List.of(StatusView.LaneView.of(lane.status())),
                modes.report(),
                mirror.status());
    }
}
