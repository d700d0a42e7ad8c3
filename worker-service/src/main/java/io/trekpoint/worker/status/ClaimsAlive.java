package io.trekpoint.worker.status;

import io.trekpoint.worker.intake.ClaimPulse;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not alive once this worker is deaf although its lane is well: it is to be restarted. */
@Liveness
@ApplicationScoped
class ClaimsAlive implements HealthCheck {
    private final ClaimPulse pulse;

    ClaimsAlive(ClaimPulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("claims")
                .status(!pulse.deaf())
                .withData("lastTurn", pulse.last().toString())
                .build();
    }
}
