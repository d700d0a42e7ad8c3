package io.trekpoint.control.status;

import io.trekpoint.control.auth.Unguarded;
import io.trekpoint.control.wiring.JobLane;
import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.StatusView;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this service is doing, known without asking anybody. */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
final class StatusResource {
    private final String version;
    private final String instance;
    private final Instant startedAt =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    private final List<Lane> lanes;
    private final Mirror mirror;
    private final ConcernModes modes;

    StatusResource(
            Lane control,
            JobLane jobs,
            Mirror mirror,
            ConcernModes modes,
            @Named("instance") String instance,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.lanes = List.of(control, jobs.lane());
        this.mirror = mirror;
        this.modes = modes;
        this.instance = instance;
        this.version = version;
    }

    /** Lanes, concerns and the control state. */
    @GET
    @Unguarded
    public StatusView get() {
        return new StatusView(
                "control-service",
                version,
                instance,
                startedAt,
                lanes.stream().map(Lane::status).map(StatusView.LaneView::of).toList(),
                modes.report(),
                mirror.status());
    }
}
