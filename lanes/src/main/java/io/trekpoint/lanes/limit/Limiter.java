package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Always has an answer: the shared count while Redis gives one within the lane's deadline, else
 * this process's own. Thread-safe.
 *
 * <p>A shared check that ran out of time may still be counted in Redis; its charges are then
 * counted here as well, so a client can lose them once. What was admitted here is not carried into
 * the shared count when Redis answers again: over an outage a client may get the limit and this
 * replica's part of it.
 */
public final class Limiter {
    private static final Logger LOG = Logger.getLogger(Limiter.class);

    private final SharedLimiter shared;
    private final Reservations reservations;
    private final LocalLimiter local;

    /** Decides by the first, and by the last while the first cannot. */
    public Limiter(SharedLimiter shared, Reservations reservations, LocalLimiter local) {
        this.shared = shared;
        this.reservations = reservations;
        this.local = local;
    }

    /**
     * Loads the script and the code on its path, so that the first client does not wait for it past
     * the lane's deadline. What fails is left to the first check.
     *
     * @param within how long the attempt may take
     */
    public void warmUp(Duration within) {
        List<Limit> limits =
                List.of(
                        new Limit.Rate("warm-up", 1, Duration.ofSeconds(1)),
                        new Limit.MonthlyQuota("warm-up-quota", 1));
        try {
            shared.peek("warm-up", limits, within);
        } catch (LaneException e) {
            LOG.debugf("not warmed up: %s", e.getMessage());
        }
    }

    /**
     * Charges all the limits or none, in one round trip.
     *
     * @param clientId whose limits; not empty
     * @param charges each limit at most once; a cost of 0 looks without taking
     * @throws IllegalArgumentException when two limits share a name
     */
    public Decision check(String clientId, List<Charge> charges) {
        return check(clientId, charges, Optional.empty());
    }

    /**
     * Charges all the limits or none, and reserves the quotas among them for a job to come. A
     * request with an idempotency key that has paid is not asked for its quotas again.
     *
     * @param clientId whose limits; not empty
     * @param charges each limit at most once
     * @param job what the quotas are reserved for
     * @return with a reservation where the request may go on
     * @throws IllegalArgumentException when two limits share a name
     */
    public Decision reserve(String clientId, List<Charge> charges, JobToCome job) {
        return check(clientId, charges, Optional.of(job));
    }

    private Decision check(String clientId, List<Charge> charges, Optional<JobToCome> job) {
        requireDistinct(charges);
        try {
            if (job.isPresent()) {
                reservations.note(clientId);
            }
            Decision decision = shared.check(clientId, charges, job);
            local.follow(clientId, charges, decision);
            return decision;
        } catch (LaneException e) {
            LOG.debugf("limits are decided locally: %s", e.getMessage());
            return local.check(clientId, charges, job);
        }
    }

    /**
     * Gives back what a decision reserved, as its job was refused on its way in. What an earlier
     * request has paid stays. While Redis cannot answer nothing is given back here: the reservation
     * is released once it is overdue.
     *
     * @param charges those of the decision
     */
    public void release(String clientId, List<Charge> charges, Decision decision) {
        Reservation reservation = decision.reservation().filter(Reservation::fresh).orElse(null);
        if (reservation == null) {
            return;
        }
        switch (decision.source()) {
            case LOCAL -> local.refund(clientId, charges, decision.month());
            case REDIS -> {
                try {
                    reservations.release(clientId, reservation);
                } catch (LaneException e) {
                    LOG.debugf("a reservation is left to be swept: %s", e.getMessage());
                }
            }
        }
    }

    /** {@link Mode#NORMAL} while the shared count answers, else {@link Mode#LOCAL}. */
    public Mode mode() {
        return shared.available() ? Mode.NORMAL : Mode.LOCAL;
    }

    private static void requireDistinct(List<Charge> charges) {
        long names = charges.stream().map(charge -> charge.limit().name()).distinct().count();
        if (names != charges.size()) {
            throw new IllegalArgumentException("one request charges each limit once");
        }
    }
}
