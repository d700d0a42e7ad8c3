package io.trekpoint.lanes.guard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What each concern of a service is doing now, as operators and metrics see it. Declared once at
 * start; reading is thread-safe.
 */
public final class ConcernModes {
    private final Map<Concern, Supplier<Mode>> modes = new EnumMap<>(Concern.class);
    private final MeterRegistry meters;

    /**
     * Starts with no concern declared.
     *
     * @param meters where {@code trek.concern.mode} goes: one gauge for each concern and mode, 1
     *     for the mode it is in
     */
    public ConcernModes(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Declares where a concern's mode is read from. */
    public ConcernModes declare(Concern concern, Supplier<Mode> mode) {
        modes.put(concern, mode);
        for (Mode each : Mode.values()) {
            Gauge.builder("trek.concern.mode", mode, m -> m.get() == each ? 1 : 0)
                    .description("1 for the mode a concern is in")
                    .tag("concern", concern.label())
                    .tag("mode", each.label())
                    .strongReference(true)
                    .register(meters);
        }
        return this;
    }

    /** Every declared concern with its mode, in the order of {@link Concern}. */
    public List<StatusView.ConcernView> report() {
        return modes.entrySet().stream()
                .map(e -> StatusView.ConcernView.of(e.getKey(), e.getValue().get()))
                .toList();
    }
}
