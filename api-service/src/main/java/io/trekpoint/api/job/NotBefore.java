package io.trekpoint.api.job;

import io.trekpoint.api.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the query parameter that says when a job may be worked on at the earliest. */
final class NotBefore {
    static final String NAME = "notBefore";

    /** RFC 3339 knows no later one. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private NotBefore() {}

    /**
     * Reads it; a part of a millisecond is dropped. A time that is past means at once: clocks
     * differ.
     *
     * @param given every value of the parameter; null where it is not there
     * @throws ProblemException 400, naming the parameter and the rule
     */
    static Optional<Instant> of(@Nullable List<String> given) {
        if (given == null) {
            return Optional.empty();
        }
        if (given.size() != 1) {
            throw TaskParameters.invalid(NAME, "must be given once");
        }
        try {
            Instant at = OffsetDateTime.parse(given.getFirst()).toInstant();
            if (at.isBefore(Instant.EPOCH)) {
                throw TaskParameters.invalid(NAME, "must not be before 1970");
            }
            if (at.isAfter(LAST)) {
                throw TaskParameters.invalid(NAME, "must have a year of four digits");
            }
            return Optional.of(at.truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            throw TaskParameters.invalid(
                    NAME, "must be a time after RFC 3339, such as 2027-01-31T08:00:00Z");
        }
    }

    /** The refusal of a time that is too far ahead of the store's. */
    static ProblemException tooFarAhead(Duration horizon) {
        return TaskParameters.invalid(
                NAME, "must lie at most " + horizon + " ahead, as the setting jobs.horizon says");
    }
}
