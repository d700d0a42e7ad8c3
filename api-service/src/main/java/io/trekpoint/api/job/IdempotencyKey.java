package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Idempotency-Key}: a string of structured fields (RFC 9651), as
 * draft-ietf-httpapi-idempotency-key-header has it, of 1 to 64 characters.
 */
final class IdempotencyKey {
    private static final Pattern QUOTED =
            Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,64}\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyKey() {}

    /**
     * The key; empty where the header is absent.
     *
     * @throws ProblemException 400 when the header is not of its form
     */
    static Optional<String> of(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        String sent = header.strip();
        if (!QUOTED.matcher(sent).matches()) {
            throw new ProblemException(
                    Problem.invalid(
                            400,
                            "invalid-header",
                            "Idempotency-Key",
                            "must be a quoted string of 1 to 64 printable ASCII characters, \" and \\ escaped by \\"));
        }
        return Optional.of(ESCAPED.matcher(sent.substring(1, sent.length() - 1)).replaceAll("$1"));
    }
}
