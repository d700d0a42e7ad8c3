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
 * counted here as well, so a client can lose them once. What was admitted here is carried into the
 * shared count when Redis answers again, so that an outage gives nobody a second burst.
 */
public final class Limiter {
    private static final Logger LOG = Logger.getLogger(Limiter.class);

    private final SharedLimiter shared;
    private final Reservations reservations;
    private final LocalLimiter local;
    private final DebtCarrier debts;
    private final Refusals refusals = new Refusals(System::nanoTime);

    /** Decides by the first, and by the last while the first cannot. */
    public Limiter(SharedLimiter shared, Reservations reservations, LocalLimiter local) {
        this.shared = shared;
        this.reservations = reservations;
        this.local = local;
        this.debts = new DebtCarrier(shared, local, System::nanoTime);
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
        return refusal(clientId, charges).orElseGet(() -> ask(clientId, charges));
    }

    /**
     * A refusal that is known to hold until its retry time, without asking Redis; empty where there
     * is none. For callers who have something else to begin before they {@link #ask}.
     *
     * @throws IllegalArgumentException when two limits share a name
     */
    public Optional<Decision> refusal(String clientId, List<Charge> charges) {
        requireDistinct(charges);
        return refusals.recall(clientId, charges);
    }

    /** The rest of {@link #check}: charges all the limits or none, in one round trip. */
    public Decision ask(String clientId, List<Charge> charges) {
        return ask(clientId, charges, Optional.empty());
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
        return refusal(clientId, charges).orElseGet(() -> ask(clientId, charges, Optional.of(job)));
    }

    private Decision ask(String clientId, List<Charge> charges, Optional<JobToCome> job) {
        try {
            if (job.isPresent()) {
                reservations.note(clientId);
            }
            if (!debts.settle(clientId)) {
                return local.check(clientId, charges, job);
            }
            Decision decision = shared.check(clientId, charges, job);
            local.follow(clientId, charges, decision);
            refusals.remember(clientId, charges, decision);
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
     */
    public void release(String clientId, Decision decision) {
        Reservation reservation = decision.reservation().filter(Reservation::fresh).orElse(null);
        if (reservation == null) {
            return;
        }
        switch (decision.source()) {
            case LOCAL -> local.refund(clientId, reservation.name());
            case REMEMBERED -> {}
            case REDIS -> {
                try {
                    reservations.release(clientId, reservation);
                } catch (LaneException e) {
                    LOG.debugf("a reservation is left to be swept: %s", e.getMessage());
                }
            }
        }
    }

    /**
     * Carries what this process has admitted by itself into the shared count, for every client, as
     * soon as that can be asked again: whoever spent a burst here is not to have another one
     * elsewhere. To be called every now and then.
     *
     * @param within no more is begun after that
     * @return for how many clients
     * @throws LaneException when Redis gives no useful answer; the rest stays to be carried
     * @throws InterruptedException when the thread is; likewise
     */
    public int carryDebts(Duration within) throws InterruptedException {
        return shared.available() ? debts.settleAll(within) : 0;
    }

    /** {@link Mode#NORMAL} while the shared count answers, else {@link Mode#LOCAL}. */
    public Mode mode() {
        return shared.available() ? Mode.NORMAL : Mode.LOCAL;
    }

    private static void requireDistinct(List<Charge> charges) {
        for (int i = 1; i < charges.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (charges.get(i).limit().name().equals(charges.get(j).limit().name())) {
                    throw new IllegalArgumentException("one request charges each limit once");
                }
            }
        }
    }
}
