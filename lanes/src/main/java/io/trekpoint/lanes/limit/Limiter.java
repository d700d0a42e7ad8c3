package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Mode;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
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
    private final LocalLimiter local;

    /** Decides by the first, and by the second while the first cannot. */
    public Limiter(SharedLimiter shared, LocalLimiter local) {
        this.shared = shared;
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
        requireDistinct(charges);
        try {
            Decision decision = shared.check(clientId, charges);
            local.follow(clientId, charges, decision);
            return decision;
        } catch (LaneException e) {
            LOG.debugf("limits are decided locally: %s", e.getMessage());
            return local.check(clientId, charges);
        }
    }

    /**
     * Gives back what a decision charged to a quota, into the month it was charged in and where it
     * was counted. Best effort and not repeated: while Redis cannot answer, nothing is given back.
     *
     * @param amount at most what was charged
     * @param charged the decision that charged it
     * @return whether it was given back; false also when the outcome is unknown
     */
    public boolean refund(
            String clientId, Limit.MonthlyQuota quota, long amount, Decision charged) {
        return switch (charged.source()) {
            case LOCAL -> {
                local.refund(clientId, quota, amount, charged.month());
                yield true;
            }
            case REDIS -> refundShared(clientId, quota, amount, charged.month());
        };
    }

    /** {@link Mode#NORMAL} while the shared count answers, else {@link Mode#LOCAL}. */
    public Mode mode() {
        return shared.available() ? Mode.NORMAL : Mode.LOCAL;
    }

    private boolean refundShared(
            String clientId, Limit.MonthlyQuota quota, long amount, YearMonth month) {
        try {
            return shared.refund(clientId, quota, amount, month) == amount;
        } catch (LaneException e) {
            LOG.infof("a refund of quota %s was lost: %s", quota.name(), e.getMessage());
            return false;
        }
    }

    private static void requireDistinct(List<Charge> charges) {
        long names = charges.stream().map(charge -> charge.limit().name()).distinct().count();
        if (names != charges.size()) {
            throw new IllegalArgumentException("one request charges each limit once");
        }
    }
}
