package io.trekpoint.api.job;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.api.limit.Charging;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxTaskJson;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import io.trekpoint.lanes.limit.JobToCome;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.lanes.setting.JobSettings;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a GPX job in: charges it, stores its body while it arrives, and submits it. Whatever is
 * refused on the way is given back, unless it may have been accepted after all: then whoever sweeps
 * finds out. Thread-safe.
 */
@ApplicationScoped
class GpxIntake {
    private static final int RETRY_SECONDS = 2;

    /** Between the last look at the clock and the submit; a pause of the process included. */
    private static final Duration SUBMIT_GRACE = Duration.ofSeconds(10);

    private final JobSubmitter submitter;
    private final Charging charging;
    private final GatewayConfig config;
    private final Call call;
    private final SubmitTraces traces;

    GpxIntake(
            JobSubmitter submitter,
            Charging charging,
            GatewayConfig config,
            Call call,
            SubmitTraces traces) {
        this.submitter = submitter;
        this.charging = charging;
        this.config = config;
        this.call = call;
        this.traces = traces;
    }

    /**
     * Takes a job in.
     *
     * @param client whose job it is
     * @param envelope the request without its body
     * @param key the client's idempotency key
     * @param body as sent; read at most once and not closed
     * @return what the store made of it: accepted, or the same as an earlier one
     * @throws ProblemException when limits, the body or the store refuse
     * @throws LaneException when the job lane gives no answer
     */
    SubmitOutcome take(
            Caller client, GpxEnvelope envelope, Optional<String> key, InputStream body) {
        JobId id = submitter.identify(client.id(), key);
        Payment payment = charge(envelope.type(), id, key);
        ChunkedOutput input = submitter.openInput(id);
        Upload upload;
        try {
            upload = store(client, envelope, body, input);
        } catch (RuntimeException e) {
            takeBack(envelope.type(), id, input);
            throw e;
        }
        if (payment.lapsed()) {
            takeBack(envelope.type(), id, input);
            throw tooSlow();
        }
        try (SubmitTraces.Submitting traced =
                traces.begin(envelope.type(), id, envelope.traceparent())) {
            Submission submission =
                    submission(
                            client,
                            envelope,
                            key,
                            upload,
                            payment.reservation(),
                            traced.traceparent());
            return submit(id, submission, input);
        }
    }

    private Upload store(
            Caller client, GpxEnvelope envelope, InputStream body, ChunkedOutput input) {
        try {
            Upload upload = Upload.take(envelope, body, bounds(client), input);
            input.close();
            return upload;
        } catch (IOException e) {
            throw new UncheckedIOException("what has been compressed cannot be ended", e);
        } finally {
            input.abandon();
        }
    }

    /** How large a body of a client may be: what operators allow, as far as this process goes. */
    Upload.Bounds bounds(Caller client) {
        return new Upload.Bounds(
                bound(GpxSettings.MAX_UPLOAD_BYTES, client),
                bound(GpxSettings.MAX_INFLATED_BYTES, client));
    }

    private long bound(SettingKey.PerTier<Integer> key, Caller client) {
        return Math.min(config.maxBody(), call.control().get(key, client.tier()));
    }

    /**
     * What a job is paid by.
     *
     * @param reservation empty where it costs nothing but its request
     * @param lapses when whoever sweeps may find no job and take it back, by {@link
     *     System#nanoTime}
     */
    private record Payment(Optional<String> reservation, long lapses) {
        boolean lapsed() {
            return reservation.isPresent() && System.nanoTime() - lapses > 0;
        }
    }

    private Payment charge(GpxType type, JobId id, Optional<String> key) {
        if (type != GpxType.EXPORT) {
            charging.request();
            return new Payment(Optional.empty(), 0);
        }
        Duration upload = call.control().get(JobSettings.INPUT_TTL);
        long lapses = System.nanoTime() + upload.toNanos();
        JobToCome job =
                new JobToCome(
                        id.text(),
                        key,
                        upload.plus(SUBMIT_GRACE),
                        call.control().get(JobSettings.IDEMPOTENCY_TTL));
        return new Payment(Optional.of(charging.export(job)), lapses);
    }

    private SubmitOutcome submit(JobId id, Submission submission, ChunkedOutput input) {
        GpxType type = GpxType.ofLabel(submission.type()).orElseThrow();
        SubmitOutcome outcome;
        try {
            outcome = submitter.submit(id, submission, input);
        } catch (LaneException e) {
            if (e.mayHaveExecuted()) {
                // The charge stays and so does the input, as the job may stand.
                throw unavailable(
                        "The store has not answered in time. The job may stand or not: repeat the request with the same"
                                + " Idempotency-Key, or it may be done twice.");
            }
            takeBack(type, id, input);
            throw e;
        }
        if (!(outcome instanceof SubmitOutcome.Accepted)) {
            takeBack(type, id, input);
        }
        refuse(outcome);
        return outcome;
    }

    /** Nothing stays of what was not accepted. */
    private void takeBack(GpxType type, JobId id, ChunkedOutput input) {
        if (type == GpxType.EXPORT) {
            charging.releaseExport();
        }
        submitter.discard(id, input);
    }

    private static void refuse(SubmitOutcome outcome) {
        switch (outcome) {
            case SubmitOutcome.Accepted _, SubmitOutcome.Same _ -> {}
            case SubmitOutcome.Conflict _ ->
                    throw new ProblemException(
                            Problem.invalid(
                                    422,
                                    "idempotency-conflict",
                                    "Idempotency-Key",
                                    "belongs to another request; use a new one"));
            case SubmitOutcome.OverBudget _ ->
                    throw unavailable(
                            "The byte budget of stored jobs (jobs.byte-budget) is spent. Try again once some have expired.");
            case SubmitOutcome.InputGone _ -> throw tooSlow();
            case SubmitOutcome.TooFarAhead(var horizon) -> throw NotBefore.tooFarAhead(horizon);
        }
    }

    private static ProblemException tooSlow() {
        return unavailable("The upload took too long. Try again.");
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(
                        Problem.of(503, "jobs-unavailable", "Temporarily unavailable", detail))
                .retryAfter(RETRY_SECONDS);
    }

    private static Submission submission(
            Caller client,
            GpxEnvelope envelope,
            Optional<String> key,
            Upload upload,
            Optional<String> reservation,
            String traceparent) {
        String type = envelope.type().label();
        String parameters = GpxTaskJson.of(upload.task()).toString();
        return new Submission(
                client.id(),
                client.tier(),
                type,
                parameters,
                traceparent,
                envelope.notBefore(),
                key.map(k ->
                        new Submission.Idempotency(
                                k,
                                type
                                        + parameters
                                        + upload.sha256()
                                        + envelope.notBefore().map(Instant::toString).orElse(""))),
                reservation);
    }
}
