package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * One reading of this process's clock, as limits see it.
 *
 * @param micros since 1970
 * @param month in UTC
 * @param untilNextMonth time until the month is over
 */
record Moment(long micros, YearMonth month, Duration untilNextMonth) {
    static Moment of(Instant instant) {
        YearMonth month = YearMonth.from(instant.atOffset(ZoneOffset.UTC));
        Instant next = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Moment(
                ChronoUnit.MICROS.between(Instant.EPOCH, instant),
                month,
                Duration.between(instant, next));
    }
}
