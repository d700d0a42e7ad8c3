package io.trekpoint.lanes.limit;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * What became of the charges of one request: all of them were counted, or none.
 *
 * @param outcome admitted, or why not
 * @param standings one per charge, in the order of the charges; of a remembered refusal, those of
 *     the limits it was made by
 * @param month the month in UTC that quotas were counted in
 * @param source who decided
 * @param reservation what pays for the job to come; empty where none was asked for, and where the
 *     request may not go on
 */
public record Decision(
        Outcome outcome,
        List<Standing> standings,
        YearMonth month,
        Source source,
        Optional<Reservation> reservation) {

    /** How a request was judged. */
    public enum Outcome {
        /** Every charge was counted. */
        ADMITTED,
        /** At least one limit was spent. */
        REFUSED,
        /**
         * No limit is known to be spent, but Redis is away and the small allowance this process may
         * give of a quota by itself is used up.
         */
        DEGRADED_EXHAUSTED
    }

    /** Who decided. */
    public enum Source {
        /** The count that all replicas share. */
        REDIS,
        /** That count, a moment ago: it refused until a time that has not come yet. */
        REMEMBERED,
        /** This process alone. */
        LOCAL
    }

    /** Takes a copy of the standings. */
    public Decision {
        standings = List.copyOf(standings);
    }

    /** Whether the request may go on. */
    public boolean allowed() {
        return outcome == Outcome.ADMITTED;
    }

    /** The names of the limits that refused, in the order of the charges. */
    public List<String> violated() {
        return standings.stream()
                .filter(standing -> standing.violated() && !standing.watched())
                .map(standing -> standing.limit().name())
                .toList();
    }
}
