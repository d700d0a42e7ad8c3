package io.trekpoint.lanes.guard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * What each concern of a service is doing now, as operators and metrics see it, and since when: as
 * closely as somebody looks, which the heartbeat does every second. Declared once at start; reading
 * is thread-safe.
 */
public final class ConcernModes {
    /**
     * What a concern is doing.
     *
     * @param mode what
     * @param since when it was first seen doing it
     */
    public record Standing(Mode mode, Instant since) {}

    private final Map<Concern, Supplier<Mode>> modes = new EnumMap<>(Concern.class);
    private final Map<Concern, Standing> seen = new EnumMap<>(Concern.class);
    private final InstantSource clock;
    private final MeterRegistry meters;

    /**
     * Starts with no concern declared.
     *
     * @param clock tells since when a mode holds
     * @param meters where {@code trek.concern.mode} goes: one gauge for each concern and mode, 1
     *     for the mode it is in
     */
    public ConcernModes(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
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
        return look().entrySet().stream()
                .map(e -> StatusView.ConcernView.of(e.getKey(), e.getValue()))
                .toList();
    }

    /** The same by the label of the concern. */
    public SequencedMap<String, Standing> standings() {
        SequencedMap<String, Standing> standings = new LinkedHashMap<>();
        look().forEach((concern, standing) -> standings.put(concern.label(), standing));
        return standings;
    }

    private synchronized Map<Concern, Standing> look() {
        modes.forEach((concern, supplier) -> {
            Mode mode = supplier.get();
            seen.compute(
                    concern,
                    (_, was) ->
                            was != null && was.mode() == mode
                                    ? was
                                    : new Standing(mode, clock.instant()));
        });
        return new EnumMap<>(seen);
    }
}
