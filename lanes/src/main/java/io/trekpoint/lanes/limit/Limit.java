package io.trekpoint.lanes.limit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Something a client may do only so often. */
public sealed interface Limit {
    /**
     * The name in headers, answers and keys: 1 to 64 lower-case letters, digits, dots and hyphens.
     */
    String name();

    /** How much may be had at once: a rate's burst, a quota's allowance. */
    long capacity();

    /**
     * A rate with a burst, kept by the generic cell rate algorithm: {@code requests} may come at
     * once, after which one more is admitted each {@link #interval}. Within any time of length
     * {@code d} it admits at most {@code requests + d / interval}.
     *
     * @param name see {@link Limit#name}
     * @param requests 1 to 1 000 000 000, and at most one per microsecond of the window
     * @param window whole seconds, 1 second to 366 days
     */
    record Rate(String name, long requests, Duration window) implements Limit {
        private static final Duration LONGEST = Duration.ofDays(366);
        private static final long MOST = 1_000_000_000;

        /** Checks the bounds. */
        public Rate {
            LimitName.require(name);
            if (!window.equals(window.truncatedTo(ChronoUnit.SECONDS))
                    || !window.isPositive()
                    || window.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "the window of limit " + name + " is whole seconds, 1 s to 366 days");
            }
            if (requests < 1 || requests > Math.min(MOST, micros(window))) {
                throw new IllegalArgumentException(
                        "limit " + name + " allows 1 to " + MOST + ", at most one per microsecond");
            }
        }

        @Override
        public long capacity() {
            return requests;
        }

        /**
         * The time in which one request is earned back, in microseconds, rounded up, so that
         * rounding never admits more than the limit says.
         */
        public long interval() {
            return Math.ceilDiv(micros(window), requests);
        }

        private static long micros(Duration window) {
            return window.toSeconds() * 1_000_000;
        }
    }

    /**
     * A count that starts anew with each calendar month in UTC.
     *
     * @param name see {@link Limit#name}
     * @param allowance what a month holds, 0 to 1 000 000 000 000; a change applies at once, also
     *     to what was already counted
     */
    record MonthlyQuota(String name, long allowance) implements Limit {
        private static final long MOST = 1_000_000_000_000L;

        /** Checks the bounds. */
        public MonthlyQuota {
            LimitName.require(name);
            if (allowance < 0 || allowance > MOST) {
                throw new IllegalArgumentException("quota " + name + " holds 0 to " + MOST);
            }
        }

        @Override
        public long capacity() {
            return allowance;
        }
    }
}
