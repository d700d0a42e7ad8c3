package io.trekpoint.lanes.job;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a list of jobs that goes from the newest to the oldest: that of the last job told.
 * Jobs that come to be meanwhile are before it and move nothing.
 *
 * @param at the time the list is ordered by, ms
 * @param id the job
 */
public record JobCursor(long at, String id) {
    /** From the beginning of a list to its end. */
    static final Comparator<JobCursor> ORDER =
            Comparator.comparingLong(JobCursor::at).thenComparing(JobCursor::id).reversed();

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}):([0-9A-Za-z-]{1,32})");

    /** Opaque to clients; made of characters that need no escaping in a URL. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + ":" + id).getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    public static Optional<JobCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            Matcher parts = FORM.matcher(new String(bytes, StandardCharsets.US_ASCII));
            return parts.matches()
                    ? Optional.of(new JobCursor(Long.parseLong(parts.group(1)), parts.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
