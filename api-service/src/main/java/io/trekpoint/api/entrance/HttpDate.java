package io.trekpoint.api.entrance;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time as HTTP writes it (RFC 9110, section 5.6.7), made once a second however often it is
 * asked for. Thread-safe.
 */
final class HttpDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Second last = new Second(Long.MIN_VALUE, "");

    HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    /** Now: {@code Mon, 04 May 2026 06:30:00 GMT}. */
    String text() {
        Second known = last;
        Instant now = clock.instant();
        if (now.getEpochSecond() == known.epoch) {
            return known.text;
        }
        Second next = new Second(now.getEpochSecond(), FORM.format(now));
        last = next;
        return next.text;
    }

    private record Second(long epoch, String text) {}
}
