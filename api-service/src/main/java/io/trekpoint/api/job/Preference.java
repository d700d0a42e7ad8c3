package io.trekpoint.api.job;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Prefer: wait=N} (RFC 7240). What is not understood is ignored, as the RFC asks. */
final class Preference {
    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:^|[,;\\s])wait\\s*=\\s*(\"?)0*(\\d{1,18})\\1(?=$|[,;\\s])",
                    Pattern.CASE_INSENSITIVE);

    private Preference() {}

    /** How long to wait: zero where nothing is asked for, never more than the longest. */
    static Duration wait(List<String> prefer, Duration longest) {
        for (String header : prefer) {
            Matcher wait = WAIT.matcher(header);
            if (wait.find()) {
                Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(2)));
                return asked.compareTo(longest) > 0 ? longest : asked;
            }
        }
        return Duration.ZERO;
    }
}
