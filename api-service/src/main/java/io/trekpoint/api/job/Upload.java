package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxTask;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.fileupload2.core.FileUploadException;

/**
 * A body that has been taken in while it arrived: the document itself, or a form with several.
 *
 * @param task what the job is asked to do
 * @param sha256 of all inputs, in lower-case hexadecimal
 */
record Upload(GpxTask task, String sha256) {
    /**
     * How large a body may be.
     *
     * @param sent bytes as sent
     * @param inflated bytes inflated
     */
    record Bounds(long sent, long inflated) {}

    /**
     * Takes a body in.
     *
     * @param envelope the rest of the request
     * @param body as sent; read at most once and not closed
     * @param store where the inputs go; not closed
     * @throws ProblemException 400 or 413, naming what is wrong
     */
    static Upload take(GpxEnvelope envelope, InputStream body, Bounds bounds, OutputStream store) {
        MessageDigest sha256 = newSha256();
        OutputStream out = new DigestOutputStream(store, sha256);
        try {
            InputStream sent = new BoundedInput(body, bounds.sent());
            InputStream plain =
                    new BoundedInput(
                            envelope.gzipped() ? new GZIPInputStream(sent) : sent,
                            bounds.inflated());
            GpxTask task =
                    envelope.boundary().isPresent()
                            ? new Form(envelope, envelope.boundary().get()).take(plain, out)
                            : document(envelope, plain, out);
            return new Upload(task, HexFormat.of().formatHex(sha256.digest()));
        } catch (ZipException | EOFException e) {
            throw refused("invalid-encoding", "must be gzip, as Content-Encoding says");
        } catch (FileUploadException e) {
            throw refused("invalid-form", Form.RULE);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            400,
                            "body-incomplete",
                            "Invalid request",
                            "The body ended before its end."));
        }
    }

    private static GpxTask document(GpxEnvelope envelope, InputStream plain, OutputStream out)
            throws IOException {
        if (plain.transferTo(out) == 0) {
            throw GpxEnvelope.emptyBody("body");
        }
        return envelope.task();
    }

    private static ProblemException refused(String name, String rule) {
        return new ProblemException(Problem.invalid(400, name, "body", rule));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
