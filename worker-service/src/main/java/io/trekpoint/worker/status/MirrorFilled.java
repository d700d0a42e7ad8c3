package io.trekpoint.worker.status;

import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the control state is there, be it from Redis, the control service, disk or defaults.
 */
@Readiness
@ApplicationScoped
class MirrorFilled implements HealthCheck {
    private final Mirror mirror;

    MirrorFilled(Mirror mirror) {
        this.mirror = mirror;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("control-state")
                .status(mirror.filled())
                .withData("source", mirror.current().source().label())
                .build();
    }
}
