package io.trekpoint.api.job;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code traceparent} of W3C Trace Context, which a job's record carries along.
 */
final class Traceparent {
    private static final Pattern VERSION_0 =
            Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The header as it was sent; empty where it is absent or not of its form. */
    static String of(@Nullable String header) {
        return header != null && VERSION_0.matcher(header).matches() ? header : "";
    }
}
