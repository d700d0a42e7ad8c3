package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Idempotency-Key}: a structured string of 1 to 64 safe characters. */
final class IdempotencyKey {
    private static final Pattern QUOTED = Pattern.compile("\"[A-Za-z0-9._:-]{1,64}\"");

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
                            "must be a quoted string of 1 to 64 letters, digits, dots, underscores, colons and hyphens"));
        }
        return Optional.of(sent.substring(1, sent.length() - 1));
    }
}
