package io.trekpoint.bench.job;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that answers lines with lines, each within a bound. For one thread. */
final class Program implements AutoCloseable {
    /** Longer than any lap takes, and than a peer needs to find out that a worker is gone. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Process process;
    private final BufferedWriter questions;
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    /** Its own processes, which outlive it where it is killed. */
    private List<ProcessHandle> orphans = List.of();

    /** The program has given no answer in time, or has ended. */
    static final class StandsStillException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private StandsStillException(String message) {
            super(message);
        }
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param environment its own words; {@code BENCH_LOG} names the file for its errors
     */
    Program(List<String> command, Map<String, String> environment) {
        Path log = Path.of(environment.getOrDefault("BENCH_LOG", "/dev/null"));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        questions = process.outputWriter();
        Thread.ofPlatform().daemon().start(this::read);
        next("ready");
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The number that it answers. */
    double number(String question) {
        return number(question, LONGEST);
    }

    /** The number that it answers within so long. */
    double number(String question, Duration longest) {
        tell(question);
        return Double.parseDouble(next("", longest));
    }

    /** The line that it answers. */
    String ask(String question) {
        tell(question);
        return next("");
    }

    void tell(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that begins so. */
    String next(String beginning) {
        return next(beginning, LONGEST);
    }

    private String next(String beginning, Duration longest) {
        return poll(beginning, longest)
                .orElseThrow(() ->
                        new StandsStillException(
                                "no answer in %d s: %s"
                                        .formatted(
                                                longest.toSeconds(),
                                                process.info().commandLine().orElse("ended"))));
    }

    /** The next line that begins so; empty where none came for so long, or it has ended. */
    Optional<String> poll(String beginning, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            Optional<String> line = answers.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            while (line != null && line.isPresent() && !line.get().startsWith(beginning)) {
                line = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return line == null ? Optional.empty() : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends it at once, and lets what it and its own processes have told be read. */
    void kill() {
        orphans = process.descendants().toList();
        // Not by the process itself, which would close what it has still to tell.
        boolean _ = process.toHandle().destroyForcibly();
    }

    /** Ends it and its children. */
    @Override
    public void close() {
        orphans.forEach(ProcessHandle::destroyForcibly);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().map(Optional::of).forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // It was ended while it told something.
        }
        answers.add(Optional.empty());
    }
}
