package io.trekpoint.control.status;

import io.trekpoint.lanes.mirror.Mirror;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every source had its first chance: from then on defaults are an answer. */
@Readiness
final class MirrorReadiness implements HealthCheck {
    private final Mirror mirror;

    MirrorReadiness(Mirror mirror) {
        this.mirror = mirror;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("control-state")
                .status(mirror.filled())
                .withData("source", mirror.current().source().label())
                .withData("revision", mirror.current().state().head().revision())
                .build();
    }
}
