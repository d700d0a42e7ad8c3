package io.trekpoint.api.job;

import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.api.limit.Charging;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.ExportParameters;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Takes an export in: charges it, stores its body while it arrives, and submits it. Whatever is
 * refused on the way is refunded, unless it may have been accepted after all. Thread-safe.
 */
@ApplicationScoped
class ExportIntake {
    private static final int RETRY_SECONDS = 2;

    private final JobSubmitter submitter;
    private final Charging charging;
    private final GatewayConfig config;

    ExportIntake(JobSubmitter submitter, Charging charging, GatewayConfig config) {
        this.submitter = submitter;
        this.charging = charging;
        this.config = config;
    }

    /**
     * Takes an export in.
     *
     * @param client whose export it is
     * @param envelope the request without its body
     * @param key the client's idempotency key
     * @param body as sent; read at most once and not closed
     * @return what the store made of it: accepted, or the same as an earlier one
     * @throws ProblemException when limits, the body or the store refuse
     * @throws LaneException when the job lane gives no answer
     */
    SubmitOutcome take(
            Client client, ExportEnvelope envelope, Optional<String> key, InputStream body) {
        charging.export();
        Submission placed = submission(client, envelope, key, "");
        JobId id = submitter.identify(placed);
        ChunkedOutput input = submitter.openInput(id);
        String bodySha256;
        try {
            bodySha256 = store(envelope, body, input);
        } catch (LaneException | ProblemException e) {
            takeBack(id, input);
            throw e;
        }
        return submit(id, submission(client, envelope, key, bodySha256), input);
    }

    private SubmitOutcome submit(JobId id, Submission submission, ChunkedOutput input) {
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
            takeBack(id, input);
            throw e;
        }
        if (!(outcome instanceof SubmitOutcome.Accepted)) {
            takeBack(id, input);
        }
        refuse(outcome);
        return outcome;
    }

    /** Nothing stays of what was not accepted. */
    private void takeBack(JobId id, ChunkedOutput input) {
        charging.refundExport();
        submitter.discard(id, input);
    }

    private String store(ExportEnvelope envelope, InputStream body, ChunkedOutput input) {
        MessageDigest sha256 = newSha256();
        try {
            InputStream sent = new BoundedInput(body, config.maxBody());
            InputStream plain =
                    envelope.gzipped()
                            ? new BoundedInput(new GZIPInputStream(sent), config.maxBody())
                            : sent;
            new DigestInputStream(plain, sha256).transferTo(input);
            if (input.bytes() == 0) {
                throw new ProblemException(
                        Problem.invalid(400, "empty-body", "body", "must hold a GPX document"));
            }
            input.close();
        } catch (ZipException | EOFException e) {
            throw new ProblemException(
                    Problem.invalid(
                            400,
                            "invalid-encoding",
                            "body",
                            "must be gzip, as Content-Encoding says"));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            400,
                            "body-incomplete",
                            "Invalid request",
                            "The body ended before its end."));
        } finally {
            input.abandon();
        }
        return HexFormat.of().formatHex(sha256.digest());
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
                            "The byte budget of stored jobs is spent. Try again once some have expired.");
            case SubmitOutcome.InputGone _ ->
                    throw unavailable("The upload took too long. Try again.");
        }
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(
                        Problem.of(503, "jobs-unavailable", "Temporarily unavailable", detail))
                .retryAfter(RETRY_SECONDS);
    }

    private static Submission submission(
            Client client, ExportEnvelope envelope, Optional<String> key, String bodySha256) {
        String parameters = envelope.parameters().toJson();
        return new Submission(
                client.id(),
                client.tier().label(),
                ExportParameters.TYPE,
                parameters,
                envelope.traceparent(),
                key.map(k -> new Submission.Idempotency(k, parameters + bodySha256)));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
