package io.trekpoint.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.job.InputBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.MultipartInput.MalformedStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A body of several parts: {@code file}, once or more, and {@code parameters}, a JSON object, at
 * most once and anywhere. Files go straight on into a bundle.
 */
final class Form {
    private static final int LONGEST_PARAMETERS = 64 * 1024;
    private static final int MOST_FILES = 50;
    private static final int LONGEST_HEADERS = 4 * 1024;

    /** What a body must be that is a form. */
    static final String RULE =
            "must be parts between the boundary of Content-Type, each with at most "
                    + LONGEST_HEADERS
                    + " bytes of headers, their lines ended by CRLF";

    private static final Pattern DISPOSITION =
            Pattern.compile(
                    "^content-disposition:[^;\\r\\n]*+([^\\r\\n]*+)",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** Within quotes, a semicolon ends nothing: {@code filename="a; name=b"} names no part. */
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "\\G\\s*;\\s*([^\\s=;\"]++)\\s*=\\s*(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^;\"]*+))");

    private final GpxEnvelope envelope;
    private final byte[] boundary;
    private ObjectNode parameters;
    private boolean parametersGiven;
    private int files;

    Form(GpxEnvelope envelope, String boundary) {
        this.envelope = envelope;
        this.boundary = boundary.getBytes(StandardCharsets.ISO_8859_1);
        this.parameters = envelope.query();
    }

    /**
     * Takes the form in.
     *
     * @throws ProblemException 400, naming the part that is wrong
     * @throws FileUploadException if it breaks {@link #RULE}
     * @throws IOException if it ends too early
     */
    GpxTask take(InputStream body, OutputStream out) throws IOException {
        MultipartInput parts =
                MultipartInput.builder()
                        .setInputStream(body)
                        .setBoundary(boundary)
                        .setPartHeaderSizeMax(LONGEST_HEADERS)
                        .get();
        InputBundle bundle = new InputBundle(out);
        if (!parts.skipPreamble()) {
            throw new MalformedStreamException("no part begins");
        }
        do {
            part(parts, bundle);
        } while (parts.readBoundary());
        if (files == 0) {
            throw GpxEnvelope.emptyBody("file");
        }
        GpxTask task = TaskParameters.task(envelope.type(), parameters);
        if (files > 1 && !(task instanceof GpxTask.Edit edit && edit.merges())) {
            throw TaskParameters.invalid(
                    "file", "must be given once: only an edit with a merge takes several");
        }
        return task;
    }

    /**
     * Takes a part to its end, or refuses it. A stream of it is not closed: that would read what is
     * left of a part that is refused, for as long as the client likes.
     */
    private void part(MultipartInput parts, InputBundle bundle) throws IOException {
        String name = name(parts.readHeaders());
        InputStream content = parts.newInputStream();
        switch (name) {
            case "file" -> file(content, bundle);
            case "parameters" -> parameters(content);
            case null, default ->
                    throw TaskParameters.invalid(
                            "form", "has parts named file and parameters, and no others");
        }
    }

    private void file(InputStream content, InputBundle bundle) throws IOException {
        if (++files > MOST_FILES) {
            throw TaskParameters.invalid("file", "must be given at most " + MOST_FILES + " times");
        }
        if (bundle.add(content) == 0) {
            throw GpxEnvelope.emptyBody("file");
        }
    }

    private void parameters(InputStream content) throws IOException {
        byte[] document = content.readNBytes(LONGEST_PARAMETERS + 1);
        if (parametersGiven || document.length > LONGEST_PARAMETERS) {
            throw TaskParameters.invalid(
                    "parameters", "must be given at most once, with at most 65536 bytes");
        }
        parametersGiven = true;
        parameters = TaskParameters.and(parameters, new String(document, StandardCharsets.UTF_8));
    }

    private static @Nullable String name(String headers) {
        Matcher disposition = DISPOSITION.matcher(headers);
        if (!disposition.find()) {
            return null;
        }
        Matcher parameter = PARAMETER.matcher(disposition.group(1));
        while (parameter.find()) {
            if (parameter.group(1).equalsIgnoreCase("name")) {
                String quoted = parameter.group(2);
                return quoted == null ? parameter.group(3).strip() : quoted;
            }
        }
        return null;
    }
}
