package io.trekpoint.worker.intake;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one attempt has to tell about itself, to be kept with its job: at most 40 lines of at most
 * 300 characters, the oldest dropped first. Thread-safe.
 */
final class JobLog {
    private static final int MOST_LINES = 40;
    private static final int LONGEST_LINE = 300;

    private final InstantSource clock;
    private final int attempt;
    private final Deque<String> lines = new ArrayDeque<>();

    JobLog(InstantSource clock, int attempt) {
        this.clock = clock;
        this.attempt = attempt;
    }

    /** Adds a line, with the time and the number of the attempt. */
    synchronized void add(String message) {
        String line = clock.instant() + " attempt " + attempt + ": " + message.replace('\n', ' ');
        lines.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
        if (lines.size() > MOST_LINES) {
            lines.remove();
        }
    }

    /** All lines, each ended by a line feed. */
    synchronized String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
