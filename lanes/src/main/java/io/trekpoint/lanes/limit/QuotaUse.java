package io.trekpoint.lanes.limit;

import java.time.YearMonth;

/**
 * What a process knows of one client's use of one quota.
 *
 * @param month the month it counts for
 * @param known used as the shared count last said, and as was carried into it since
 * @param here admitted by this process alone
 * @param uncarried of those, what the shared count does not know
 */
record QuotaUse(YearMonth month, long known, long here, long uncarried) {
    /** Once some of what was admitted here has been given back; what is carried stays so. */
    QuotaUse less(long amount) {
        return new QuotaUse(month, known, here - amount, Math.max(0, uncarried - amount));
    }
}
