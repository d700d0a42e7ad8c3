package io.trekpoint.lanes.job;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The status of a job: one field of its record, of words between spaces, in this order and {@code
 * -} where one does not apply. The scripts read and write it as one value, since a field for each
 * word costs Redis more than all else that a step does. Times are in ms of Redis.
 *
 * <p>Words from {@link Word#CREATED} on last; what comes before is what the steps change.
 */
final class JobStatus {
    /** The words in their order. */
    enum Word {
        /** {@code queued}, {@code delayed}, {@code active}, {@code succeeded}, … */
        STATE,
        /** While queued: {@code waiting}, {@code front}, or the id of its stream entry. */
        PLACE,
        /** How many times it was claimed, what was given back not counted. */
        ATTEMPT,
        /** While active: who holds it. */
        TOKEN,
        /** When it came to wait for a claim. */
        SINCE,
        /** Its first claim. */
        STARTED,
        /** Its last claim. */
        CLAIMED,
        /** When it comes in line, where it is delayed. */
        DUE,
        /** Its end. */
        FINISHED,
        /** When it is deleted, once ended. */
        EXPIRES,
        /** The bytes set aside for an output, 0 once ended. */
        ALLOWANCE,
        /** The token that ended the last attempt. */
        ENDED_BY,
        /** The outcome that it told. */
        ENDED_AS,
        /** When it was accepted. */
        CREATED,
        /** Whose it is. */
        CLIENT,
        /** The rank of its priority, 0 to 2. */
        PRIORITY,
        /** The tier of its client when it was submitted. */
        TIER,
        /** The job type. */
        TYPE,
        /** How many times it may be claimed. */
        MAX_ATTEMPTS,
        /** In how many chunks its input is stored. */
        IN_CHUNKS,
        /** The bytes of its input as sent. */
        IN_BYTES,
        /** The bytes of its input as stored. */
        IN_STORED,
        /** What it is paid by. */
        RESERVATION,
        /** When it may be claimed at the earliest, where its client asked for that. */
        NOT_BEFORE;

        /** Its name in messages. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Word> WORDS = List.of(Word.values());
    private static final String NONE = "-";

    private final JobId id;
    private final Map<Word, String> words;

    private JobStatus(JobId id, Map<Word, String> words) {
        this.id = id;
        this.words = words;
    }

    /**
     * Reads the status of a record.
     *
     * @throws CorruptRecordException when it has not as many words as it should
     */
    static JobStatus of(JobId id, String text) {
        return tryOf(id, text).orElseThrow(() -> new CorruptRecordException(id, "status"));
    }

    /** The same; empty where it has not as many words as it should. */
    static Optional<JobStatus> tryOf(JobId id, String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != WORDS.size()) {
            return Optional.empty();
        }
        Map<Word, String> words = new EnumMap<>(Word.class);
        for (int i = 0; i < parts.length; i++) {
            words.put(WORDS.get(i), parts[i]);
        }
        return Optional.of(new JobStatus(id, words));
    }

    /** The words that last of a job to come, from the client on; {@code created} is Redis' word. */
    static String lasting(Submission submission, ChunkedOutput input, int maxAttempts) {
        return String.join(
                " ",
                word(submission.client()),
                String.valueOf(Priority.of(submission.tier()).rank()),
                submission.tier().label(),
                word(submission.type()),
                String.valueOf(maxAttempts),
                String.valueOf(input.chunks()),
                String.valueOf(input.bytes()),
                String.valueOf(input.stored()),
                submission.reservation().map(JobStatus::word).orElse(NONE),
                submission
                        .notBefore()
                        .map(Instant::toEpochMilli)
                        .map(String::valueOf)
                        .orElse(NONE));
    }

    private static String word(String text) {
        if (text.isEmpty() || text.equals(NONE) || text.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("no word of a status: \"" + text + "\"");
        }
        return text;
    }

    /** Whether a word applies. */
    boolean has(Word word) {
        return optional(word).isPresent();
    }

    /**
     * A word that has to apply.
     *
     * @throws CorruptRecordException when it does not
     */
    String text(Word word) {
        return optional(word).orElseThrow(() -> new CorruptRecordException(id, word.label()));
    }

    /** A word, where it applies. */
    Optional<String> optional(Word word) {
        return Optional.ofNullable(words.get(word)).filter(text -> !text.equals(NONE));
    }

    /**
     * A number that has to apply.
     *
     * @throws CorruptRecordException when it does not, or is none
     */
    long number(Word word) {
        try {
            return Long.parseLong(text(word));
        } catch (NumberFormatException e) {
            throw new CorruptRecordException(id, word.label(), e);
        }
    }

    /**
     * A time that has to apply.
     *
     * @throws CorruptRecordException when it does not, or is none
     */
    Instant time(Word word) {
        return Instant.ofEpochMilli(number(word));
    }

    /** A time, where it applies. */
    Optional<Instant> optionalTime(Word word) {
        return has(word) ? Optional.of(time(word)) : Optional.empty();
    }
}
