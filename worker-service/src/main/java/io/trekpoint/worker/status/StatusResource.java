package io.trekpoint.worker.status;

import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.StatusView;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Named;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This worker's own modes, known without asking anybody. */
@Path("/status")
public class StatusResource {
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
    public StatusView status() {
        return new StatusView(
                "worker-service",
                version,
                instance,
                startedAt,
                lanes.stream().map(lane -> StatusView.LaneView.of(lane.status())).toList(),
                concerns.report(),
                mirror.status());
    }
}
