package io.trekpoint.lanes.job;

import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param client who asks
 * @param tier the client's tier
 * @param type the job type
 * @param parameters a JSON object, canonical, so that equal requests have equal text
 * @param traceparent W3C trace context; empty for none
 * @param idempotency what makes a retry the same request
 */
public record Submission(
        String client,
        String tier,
        String type,
        String parameters,
        String traceparent,
        Optional<Idempotency> idempotency) {

    /**
     * What makes a retry the same request.
     *
     * @param key the client's own key
     * @param fingerprint of everything else that defines the request, the body included
     */
    public record Idempotency(String key, String fingerprint) {}
}
