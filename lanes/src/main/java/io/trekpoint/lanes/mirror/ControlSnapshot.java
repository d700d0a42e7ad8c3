package io.trekpoint.lanes.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A control state with where it comes from. Immutable.
 *
 * @param state what to go by
 * @param source where it was taken from, or last confirmed by
 * @param confirmedAt when the source last said so; for {@link Source#DEFAULT} when the mirror
 *     started
 * @param alarm how a source diverged from this state; null while none does
 * @param unreadable the entries whose stored form is broken, which keep their last good value
 */
public record ControlSnapshot(
        ControlState state,
        Source source,
        Instant confirmedAt,
        @Nullable Alarm alarm,
        SortedSet<String> unreadable) {

    /** How long ago the source last confirmed the state; never negative. */
    public Duration age(Instant now) {
        Duration age = Duration.between(confirmedAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Why an operator should look; empty while all is well. */
    public Optional<String> trouble() {
        if (alarm != null) {
            return Optional.of(alarm.text());
        }
        return unreadable.isEmpty()
                ? Optional.empty()
                : Optional.of("unreadable: " + String.join(", ", unreadable));
    }
}
