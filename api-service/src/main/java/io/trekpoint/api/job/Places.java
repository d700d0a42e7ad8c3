package io.trekpoint.api.job;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Places in this process, of which each caller may hold so many. Thread-safe. */
final class Places {
    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    /** One more for a caller that may hold so many; empty where it does. */
    Optional<Place> take(String caller, int most) {
        boolean[] taken = {false};
        held.compute(
                caller,
                (_, now) -> {
                    int before = now == null ? 0 : now;
                    taken[0] = before < most;
                    int after = taken[0] ? before + 1 : before;
                    return after == 0 ? null : after;
                });
        return taken[0] ? Optional.of(new Place(caller)) : Optional.empty();
    }

    /** What a caller holds until this is closed for the first time. Thread-safe. */
    final class Place implements AutoCloseable {
        private final String caller;
        private boolean closed;

        private Place(String caller) {
            this.caller = caller;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                held.computeIfPresent(caller, (_, now) -> now == 1 ? null : now - 1);
            }
        }
    }
}
