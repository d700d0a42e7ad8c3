package io.trekpoint.api.entrance;

import java.util.function.BiConsumer;

/** What every answer carries, streams, refusals and the framework's own included. */
final class AnswerHeaders {
    /** The content security policy of what is no page. */
    static final String NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

    private AnswerHeaders() {}

    static void write(String requestId, BiConsumer<String, String> answer) {
        answer.accept(RequestId.HEADER, requestId);
        answer.accept("X-Content-Type-Options", "nosniff");
        answer.accept("Referrer-Policy", "no-referrer");
        answer.accept("X-Frame-Options", "DENY");
    }
}
