package io.trekpoint.bench.job;

import io.trekpoint.lanes.redis.RedisServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A queue with a Redis of its own, as a program that answers lines with lines:
 *
 * <ul>
 *   <li>{@code enqueue n ms}: submits n jobs of 1 KiB that take so long; the seconds it took;
 *   <li>{@code work n ms c}: works on n jobs that are there, c at a time; the seconds from the
 *       first start to the last end;
 *   <li>{@code idle n}: submits n jobs one by one to an idle worker; p50 and p99 of the
 *       milliseconds to their start;
 *   <li>{@code tally c}: works on what is there, c at a time, until it is killed, with a line
 *       {@code done …} for each job that tells which;
 *   <li>{@code endure n s}: ours alone; submits and does n jobs that are kept for a second only, as
 *       many as s seconds allow; how many, once nothing is left of them;
 *   <li>{@code serve ms}: works on until it is killed, with a line {@code started …} for each
 *       start.
 * </ul>
 */
final class Contender implements AutoCloseable {
    /** Work done at once. */
    static final List<Integer> CONCURRENCY = List.of(1, 10, 50);

    private static final int TALLIED = 10_000;
    private static final Duration SILENCE = Duration.ofSeconds(75);

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

    /** Leaves nothing of what was done before. */
    void empty() {
        redis.command("FLUSHALL");
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

    /** What submitting costs, for each job. */
    Usage costOfSubmits() {
        redis.command("FLUSHALL");
        Usage before = usage();
        program.number("enqueue " + jobs + " 0");
        return usage().since(before, jobs);
    }

    /** What working on the jobs that are there costs, ten at a time, for each job. */
    Usage costOfWork() {
        Usage before = usage();
        program.number("work " + jobs + " 0 10");
        return usage().since(before, jobs);
    }

    private Usage usage() {
        return Usage.of(program.process.toHandle(), redis);
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

    /**
     * What became of jobs whose worker was killed half way, and another one had the rest.
     *
     * @param twice how many were done more than once
     * @param missing how many were not done when nothing had been heard for 75 s
     */
    record Tally(int twice, int missing) {}

    /** Has 10 000 jobs done, ten at a time, and kills the worker half way. */
    Tally tally() throws InterruptedException {
        redis.command("FLUSHALL");
        program.number("enqueue " + TALLIED + " 0");
        Map<String, Integer> done = new HashMap<>();
        try (Program first = another()) {
            first.tell("tally 10");
            while (done.size() < TALLIED / 2) {
                done.merge(first.next("done"), 1, Integer::sum);
            }
            first.kill();
            first.done().forEach(line -> done.merge(line, 1, Integer::sum));
        }
        try (Program second = another()) {
            second.tell("tally 10");
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread _ = Thread.startVirtualThread(() -> second.done().forEach(lines::add));
            String line = lines.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
            while (line != null && done.merge(line, 1, Integer::sum) > 0 && done.size() < TALLIED) {
                line = lines.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        int twice = (int) done.values().stream().filter(times -> times > 1).count();
        return new Tally(twice, TALLIED - done.size());
    }

    /**
     * Bytes of Redis once so many jobs have come and gone; empty where there was time for fewer.
     */
    OptionalDouble memoryAfter(int some, Duration most) {
        double done = program.number("endure %d %d".formatted(some, most.toSeconds()));
        double bytes = Double.parseDouble(redis.info("used_memory"));
        return done < some ? OptionalDouble.empty() : OptionalDouble.of(bytes);
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

        /** The jobs it tells to be done, as they come, until it ends. */
        Stream<String> done() {
            return answers.lines().filter(line -> line.startsWith("done"));
        }

        void kill() {
            // Not by the process itself, which would close what it has still to tell.
            boolean _ = process.toHandle().destroyForcibly();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
