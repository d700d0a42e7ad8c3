package io.trekpoint.api.job;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.lanes.setting.GatewaySettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the requests of each client that wait in this process, event streams included, so that one
 * client cannot take all the memory that waiting costs. Thread-safe.
 */
@ApplicationScoped
class Waits {
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final Call call;

    Waits(Call call) {
        this.call = call;
    }

    /** A place to wait for the caller of this request; empty where it has as many as it may. */
    Optional<Place> take() {
        int most = call.control().get(GatewaySettings.OPEN_WAITS, call.caller().tier());
        return take(call.caller().id(), most);
    }

    /** A place for a client that may have so many. */
    Optional<Place> take(String client, int most) {
        int[] taken = {0};
        waiting.compute(
                client,
                (_, now) -> {
                    int before = now == null ? 0 : now;
                    taken[0] = before < most ? 1 : 0;
                    int after = before + taken[0];
                    return after == 0 ? null : after;
                });
        return taken[0] == 1 ? Optional.of(new Place(client)) : Optional.empty();
    }

    /** A place to wait, given back by closing it, once. */
    final class Place implements AutoCloseable {
        private final String client;

        private Place(String client) {
            this.client = client;
        }

        @Override
        public void close() {
            waiting.computeIfPresent(client, (_, now) -> now == 1 ? null : now - 1);
        }
    }
}
