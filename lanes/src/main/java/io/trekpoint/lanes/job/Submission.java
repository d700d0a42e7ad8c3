package io.trekpoint.lanes.job;

import io.trekpoint.lanes.client.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param client who asks
 * @param tier the client's tier, which decides the priority
 * @param type the job type
 * @param parameters a JSON object, canonical, so that equal requests have equal text
 * @param traceparent W3C trace context; empty for none
 * @param notBefore when it may be claimed at the earliest; a time that has passed is no bound
 * @param idempotency what makes a retry the same request
 * @param reservation what the job is paid by, to be settled at its end; empty where it costs
 *     nothing
 */
public record Submission(
        String client,
        Tier tier,
        String type,
        String parameters,
        String traceparent,
        Optional<Instant> notBefore,
        Optional<Idempotency> idempotency,
        Optional<String> reservation) {

    /** A job that costs nothing. */
    public Submission(
            String client,
            Tier tier,
            String type,
            String parameters,
            String traceparent,
            Optional<Instant> notBefore,
            Optional<Idempotency> idempotency) {
        this(client, tier, type, parameters, traceparent, notBefore, idempotency, Optional.empty());
    }

    /**
     * What makes a retry the same request.
     *
     * @param key the client's own key
     * @param fingerprint of everything else that defines the request, the body included
     */
    public record Idempotency(String key, String fingerprint) {}
}
