package io.trekpoint.api.entrance;

import java.time.InstantSource;
import java.util.function.BiConsumer;

/** What every answer carries, streams, refusals and the framework's own included. */
final class AnswerHeaders {
    /** The content security policy of what is no page. */
    static final String NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

    /** What is answered depends on who asks, and that is no part of a URI. */
    private static final String FOR_ONE_CALLER = "private, no-cache";

    private static final HttpDate DATE = new HttpDate(InstantSource.system());

    private AnswerHeaders() {}

    static void write(String requestId, BiConsumer<String, String> answer) {
        answer.accept(RequestId.HEADER, requestId);
        answer.accept("X-Content-Type-Options", "nosniff");
        answer.accept("Referrer-Policy", "no-referrer");
        answer.accept("X-Frame-Options", "DENY");
    }

    /** When an answer goes out, to be written as late as can be. */
    static void date(BiConsumer<String, String> answer) {
        answer.accept("Date", DATE.text());
    }

    /** Who may keep an answer that does not say so itself. */
    static void keepFromOthers(BiConsumer<String, String> answer) {
        answer.accept("Cache-Control", FOR_ONE_CALLER);
    }
}
