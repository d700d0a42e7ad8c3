package io.trekpoint.lanes.limit;

import java.time.YearMonth;
import java.util.List;

/**
 * What a process has admitted of one client's limits by itself, and the shared count does not know.
 *
 * @param rates of rates
 * @param quotas of quotas
 */
record Debt(List<OfRate> rates, List<OfQuota> quotas) {
    /**
     * Of one rate, in the time in which the shared count earns it back, microseconds.
     *
     * @param rate the rate as it was applied last
     * @param owed for what was admitted here, at least 1
     * @param seen for what the shared count had admitted when it last answered, as of now; at least
     *     0. That may be lost with its Redis
     */
    record OfRate(Limit.Rate rate, long owed, long seen) {}

    /**
     * Of one quota.
     *
     * @param quota its name
     * @param month the month it was admitted in
     * @param amount how much, at least 1
     */
    record OfQuota(String quota, YearMonth month, long amount) {}

    /** Takes copies. */
    Debt {
        rates = List.copyOf(rates);
        quotas = List.copyOf(quotas);
    }

    boolean none() {
        return rates.isEmpty() && quotas.isEmpty();
    }
}
