package io.trekpoint.api.job;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.lanes.setting.GatewaySettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Counts the requests of each client that wait in this process, event streams included, so that one
 * client cannot take all the memory that waiting costs. Thread-safe.
 */
@ApplicationScoped
class Waits {
    private final Places waiting = new Places();
    private final Call call;

    Waits(Call call) {
        this.call = call;
    }

    /** A place to wait for the caller of this request; empty where it has as many as it may. */
    Optional<Places.Place> take() {
        int most = call.control().get(GatewaySettings.OPEN_WAITS, call.caller().tier());
        return waiting.take(call.caller().id(), most);
    }
}
