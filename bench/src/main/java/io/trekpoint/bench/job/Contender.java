package io.trekpoint.bench.job;

import io.trekpoint.lanes.redis.RedisServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A queue with a Redis of its own, as a program that answers lines with lines:
 *
 * <ul>
 *   <li>{@code enqueue n ms}: submits n jobs of 1 KiB that take so long; the seconds it took;
 *   <li>{@code work n ms c}: works on n jobs that are there, c at a time; the seconds from the
 *       first start to the last end;
 *   <li>{@code idle n}: submits n jobs one by one to an idle worker; p50 and p99 of the
 *       milliseconds to their start;
 *   <li>{@code serve ms}: works on until it is killed, with a line {@code started …} for each
 *       start.
 * </ul>
 */
final class Contender implements AutoCloseable {
    /** Work done at once. */
    static final List<Integer> CONCURRENCY = List.of(1, 10, 50);

    private final String label;
    private final int jobs;
    private final RedisServer redis = RedisServer.start();
    private final List<String> command;
    private final Map<String, String> environment;
    private final Program program;

    /**
     * Starts it.
     *
     * @param jobs how many of them one lap is of
     * @param command the program; {@code {port}} stands for that of Redis
     */
    Contender(String label, int jobs, List<String> command, Map<String, String> environment) {
        this.label = label;
        this.jobs = jobs;
        String port = String.valueOf(redis.port());
        this.command = command.stream().map(word -> word.replace("{port}", port)).toList();
        this.environment = Map.copyOf(environment);
        this.program = another();
    }

    String label() {
        return label;
    }

    /** The program once more, on the same Redis. */
    Program another() {
        return new Program(command, environment, String.valueOf(redis.port()));
    }

    /** Jobs submitted a second. */
    double enqueueRate() {
        redis.command("FLUSHALL");
        return jobs / program.number("enqueue " + jobs + " 0");
    }

    /** Jobs that do nothing, done a second. */
    double workRate(int concurrency) {
        enqueueRate();
        return jobs / program.number("work %d 0 %d".formatted(jobs, concurrency));
    }

    /** Jobs of 50 ms done a second. */
    double slowRate(int concurrency) {
        int some = 20 * concurrency;
        redis.command("FLUSHALL");
        program.number("enqueue " + some + " 50");
        return some / program.number("work %d 50 %d".formatted(some, concurrency));
    }

    /** Milliseconds from submit to start: p50, p99. */
    List<Double> idle(int some) {
        redis.command("FLUSHALL");
        String[] both = program.ask("idle " + some).split(" ", -1);
        return List.of(Double.parseDouble(both[0]), Double.parseDouble(both[1]));
    }

    /** Submits one job that takes so long. */
    void enqueueOne(int millis) {
        redis.command("FLUSHALL");
        program.number("enqueue 1 " + millis);
    }

    @Override
    public void close() {
        program.close();
        redis.close();
    }

    /** A program that answers lines. */
    static final class Program implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final BufferedWriter questions;

        Program(List<String> command, Map<String, String> environment, String port) {
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command)
                                .redirectError(
                                        ProcessBuilder.Redirect.appendTo(
                                                Path.of(
                                                                environment.getOrDefault(
                                                                        "BENCH_LOG", "/dev/null"))
                                                        .toFile()));
                builder.environment().putAll(environment);
                builder.environment().put("BENCH_REDIS_PORT", port);
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            answers = process.inputReader();
            questions = process.outputWriter();
            next("ready");
        }

        double number(String question) {
            return Double.parseDouble(ask(question));
        }

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
            try {
                for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                    if (line.startsWith(beginning)) {
                        return line;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new IllegalStateException(
                    "the program has ended: " + process.info().commandLine());
        }

        void kill() {
            process.destroyForcibly();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
