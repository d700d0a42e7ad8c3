package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.problem.WholeNumber;
import io.trekpoint.lanes.mirror.Kind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the audit is asked for. What is not given does not narrow it.
 *
 * @param kind {@code flag}, {@code setting}, {@code client} or {@code schedule}
 * @param key the key of an entry that was changed
 * @param actor the id of the client that made the change
 * @param action such as {@code kill}
 * @param from not before this time
 * @param to before this time
 * @param cursor what the page before this one gave as {@code next}
 * @param limit at most so many, 1 to 200; 50 where it is not given
 */
record AuditQuery(
        @Nullable String kind,
        @Nullable String key,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String from,
        @Nullable String to,
        @Nullable String cursor,
        @Nullable String limit) {
    private static final int MOST = 200;
    private static final int USUAL = 50;

    /**
     * Only revisions below it.
     *
     * @throws ProblemException 400 where it is not a revision
     */
    long below() {
        return cursor == null
                ? Long.MAX_VALUE
                : WholeNumber.of("cursor", cursor, 1, Long.MAX_VALUE);
    }

    /**
     * How many.
     *
     * @throws ProblemException 400 where it is out of bounds
     */
    int most() {
        return limit == null ? USUAL : (int) WholeNumber.of("limit", limit, 1, MOST);
    }

    /**
     * Whether an entry is asked for.
     *
     * @throws ProblemException 400 where a parameter is not understood
     */
    boolean takes(JsonNode entry) {
        Instant at = Instant.parse(entry.path("at").asText());
        return (actor == null || actor.equals(entry.path("actor").asText()))
                && (action == null || action.equals(entry.path("action").asText()))
                && (from == null || !at.isBefore(time("from", from)))
                && (to == null || at.isBefore(time("to", to)))
                && touches(entry.path("changes"));
    }

    /** Whether every entry is asked for, even one of which nothing can be told. */
    boolean takesAll() {
        return Stream.of(kind, key, actor, action, from, to).allMatch(Objects::isNull);
    }

    /** Whether no older entry can be asked for. */
    boolean endsBefore(JsonNode entry) {
        return from != null
                && Instant.parse(entry.path("at").asText()).isBefore(time("from", from));
    }

    /**
     * Refuses what is not understood, whether or not there is anything to judge by it.
     *
     * @throws ProblemException 400
     */
    void check() {
        if (kind != null && Kind.ofLabel(kind).isEmpty()) {
            throw invalid("kind", "must be flag, setting, client or schedule");
        }
        if (from != null) {
            time("from", from);
        }
        if (to != null) {
            time("to", to);
        }
    }

    private boolean touches(JsonNode changes) {
        if (key == null && kind == null) {
            return true;
        }
        for (JsonNode change : changes) {
            if ((key == null || key.equals(change.path("key").asText()))
                    && (kind == null || kind.equals(change.path("kind").asText()))) {
                return true;
            }
        }
        return false;
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(name, "must be a time in UTC, such as 2026-01-31T12:00:00Z");
        }
    }

    private static ProblemException invalid(String name, String rule) {
        return ProblemException.invalid(ProblemType.INVALID_REQUEST, name, rule);
    }
}
