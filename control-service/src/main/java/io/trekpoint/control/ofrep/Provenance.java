package io.trekpoint.control.ofrep;

import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.ControlSnapshot;
import io.trekpoint.lanes.mirror.Mirror;
import java.time.Instant;

/**
 * Where the answers of one moment come from. Immutable.
 *
 * @param snapshot what they go by
 * @param mode {@code NORMAL}, {@code STALE} or {@code DEFAULT}
 * @param ageSeconds since the source last confirmed the snapshot; 0 in the normal mode, so that an
 *     answer that says the same as before is the same
 * @param json {@code "trek.revision":…,"trek.ageSeconds":…,"trek.source":…}
 */
record Provenance(ControlSnapshot snapshot, Mode mode, long ageSeconds, String json) {
    static Provenance of(Mirror mirror, Instant now) {
        ControlSnapshot snapshot = mirror.current();
        Mode mode = mirror.mode();
        return of(snapshot, mode, mode == Mode.NORMAL ? 0 : snapshot.age(now).toSeconds());
    }

    /** Whether this is what {@link #of} would give anew. */
    @SuppressWarnings("ReferenceEquality") // every swap of the mirror is another snapshot
    boolean stillHolds(Mirror mirror, Instant now) {
        return snapshot == mirror.current()
                && mode == mirror.mode()
                && (mode == Mode.NORMAL || ageSeconds == snapshot.age(now).toSeconds());
    }

    private static Provenance of(ControlSnapshot snapshot, Mode mode, long ageSeconds) {
        String json =
                "\"trek.revision\":%d,\"trek.ageSeconds\":%d,\"trek.source\":\"%s\""
                        .formatted(
                                snapshot.state().head().revision(),
                                ageSeconds,
                                snapshot.source().label());
        return new Provenance(snapshot, mode, ageSeconds, json);
    }
}
