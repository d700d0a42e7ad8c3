package io.trekpoint.api.job;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Idempotency-Key}: a string of structured fields (RFC 9651), as
 * draft-ietf-httpapi-idempotency-key-header has it, of 1 to 64 characters. Parameters may follow
 * it; none is defined, so they have to be well-formed and mean nothing.
 */
final class IdempotencyKey {
    private static final String VALUE =
            String.join(
                    "|",
                    "-?[0-9]{1,12}\\.[0-9]{1,3}",
                    "@?-?[0-9]{1,15}",
                    "\\?[01]",
                    ":[A-Za-z0-9+/=]*+:",
                    "[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*+",
                    "\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+\"",
                    "%\"(?:[ !#$&-~]|%[0-9a-f]{2})*+\"");

    /** Every repetition is possessive, as others take stack for each turn: a head is long. */
    private static final Pattern FORM =
            Pattern.compile(
                    "\"(?<key>(?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,64})\""
                            + "(?:; *+[a-z*][a-z0-9_.*-]*+(?:=(?:"
                            + VALUE
                            + "))?+)*+");

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
        Matcher sent = FORM.matcher(header.strip());
        if (!sent.matches()) {
            throw new ProblemException(
                    Problem.invalid(
                            400,
                            "invalid-header",
                            "Idempotency-Key",
                            "must be a quoted string of 1 to 64 printable ASCII characters, \" and \\ escaped by \\"));
        }
        return Optional.of(ESCAPED.matcher(sent.group("key")).replaceAll("$1"));
    }
}
