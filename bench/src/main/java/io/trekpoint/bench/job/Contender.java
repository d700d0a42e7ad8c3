package io.trekpoint.bench.job;

import io.trekpoint.lanes.redis.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * A queue with a Redis of its own, as a program that answers lines with lines:
 *
 * <ul>
 *   <li>{@code enqueue n ms c}: submits n jobs of 1 KiB that take so long, c at a time; the seconds
 *       it took;
 *   <li>{@code work n ms c}: works on n jobs that are there, c at a time; the seconds from the
 *       first start to the last end;
 *   <li>{@code idle n ms}: submits n jobs one by one to an idle worker, with so long between them;
 *       p50 and p99 of the milliseconds to their start;
 *   <li>{@code tally c}: works on what is there, c at a time, until it is killed, with a line
 *       {@code done …} for each job that tells which;
 *   <li>{@code endure n s}: ours alone; submits and does n jobs that are kept for a second only, as
 *       many as s seconds allow; how many, once nothing is left of them;
 *   <li>{@code serve ms}: works on until it is killed, with a line {@code started …} for each
 *       start.
 * </ul>
 */
final class Contender implements AutoCloseable {
    /** Jobs submitted, and done, at a time. */
    static final List<Integer> CONCURRENCY = List.of(1, 10, 50);

    private static final int SUBMITTERS = 10;

    private static final int TALLIED = 10_000;
    private static final int TRIES = 3;
    private static final Duration SILENCE = Duration.ofSeconds(75);

    private final String label;
    private final int jobs;
    private final RedisServer redis = RedisServer.start();
    private final List<String> command;
    private final Map<String, String> environment;
    private Program program;

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
        this.environment = new HashMap<>(environment);
        this.environment.put("BENCH_REDIS_PORT", port);
        this.environment.put("BENCH_PAYLOAD", Payload.text());
        this.program = another();
    }

    String label() {
        return label;
    }

    /** The program once more, on the same Redis. */
    Program another() {
        return new Program(command, environment);
    }

    /** Leaves nothing of what was done before. */
    void empty() {
        redis.command("FLUSHALL");
    }

    /** Jobs submitted a second. */
    double enqueueRate(int concurrency) {
        return patiently(() -> {
            redis.command("FLUSHALL");
            return jobs / enqueue(jobs, 0, concurrency);
        });
    }

    private double enqueue() {
        return enqueue(jobs, 0, SUBMITTERS);
    }

    private double enqueue(int some, int millis, int concurrency) {
        return program.number("enqueue %d %d %d".formatted(some, millis, concurrency));
    }

    /** Jobs that do nothing, done a second. */
    double workRate(int concurrency) {
        return patiently(() -> {
            redis.command("FLUSHALL");
            enqueue();
            return jobs / program.number("work %d 0 %d".formatted(jobs, concurrency));
        });
    }

    /** Jobs of 50 ms done a second. */
    double slowRate(int concurrency) {
        int some = 20 * concurrency;
        return patiently(() -> {
            redis.command("FLUSHALL");
            enqueue(some, 50, SUBMITTERS);
            return some / program.number("work %d 50 %d".formatted(some, concurrency));
        });
    }

    /** What submitting costs, for each job. */
    Usage costOfSubmits() {
        return patiently(() -> {
            redis.command("FLUSHALL");
            Usage before = usage();
            enqueue();
            return usage().since(before, jobs);
        });
    }

    /** What working costs, ten at a time, for each job. */
    Usage costOfWork() {
        return patiently(() -> {
            redis.command("FLUSHALL");
            enqueue();
            Usage before = usage();
            program.number("work " + jobs + " 0 10");
            return usage().since(before, jobs);
        });
    }

    private Usage usage() {
        return Usage.of(program.handle(), redis);
    }

    /** Milliseconds from submit to start, of jobs so many milliseconds apart: p50, p99. */
    List<Double> idle(int some, int apart) {
        String[] both =
                patiently(() -> {
                    redis.command("FLUSHALL");
                    return program.ask("idle " + some + " " + apart).split(" ", -1);
                });
        return List.of(Double.parseDouble(both[0]), Double.parseDouble(both[1]));
    }

    /** Submits one job that takes so long. */
    void enqueueOne(int millis) {
        redis.command("FLUSHALL");
        enqueue(1, millis, 1);
    }

    /**
     * What became of jobs whose worker was killed half way, and another one had the rest.
     *
     * @param twice how many were done more than once
     * @param missing how many were not done when nothing had been heard for 75 s
     */
    record Tally(int twice, int missing) {}

    /** Has 10 000 jobs done, ten at a time, and kills the worker half way. */
    Tally tally() {
        return patiently(this::tallyOnce);
    }

    private Tally tallyOnce() {
        redis.command("FLUSHALL");
        enqueue(TALLIED, 0, SUBMITTERS);
        Map<String, Integer> done = new HashMap<>();
        try (Program first = another()) {
            first.tell("tally 10");
            while (done.size() < TALLIED / 2) {
                done.merge(first.next("done"), 1, Integer::sum);
            }
            first.kill();
            read(first, SILENCE, done, Integer.MAX_VALUE);
        }
        try (Program second = another()) {
            second.tell("tally 10");
            read(second, SILENCE, done, TALLIED);
        }
        int twice = (int) done.values().stream().filter(times -> times > 1).count();
        return new Tally(twice, TALLIED - done.size());
    }

    /** Counts what it tells, until so many are done, or it tells nothing for so long, or ends. */
    private static void read(
            Program program, Duration silence, Map<String, Integer> done, int enough) {
        Optional<String> line = program.poll("done", silence);
        while (line.isPresent() && done.merge(line.get(), 1, Integer::sum) > 0) {
            line = done.size() < enough ? program.poll("done", silence) : Optional.empty();
        }
    }

    /**
     * Bytes of Redis once so many jobs have come and gone; empty where there was time for fewer.
     */
    OptionalDouble memoryAfter(int some, Duration most) {
        double done =
                program.number(
                        "endure %d %d".formatted(some, most.toSeconds()), most.multipliedBy(2));
        double bytes = Double.parseDouble(redis.info("used_memory"));
        return done < some ? OptionalDouble.empty() : OptionalDouble.of(bytes);
    }

    /**
     * Does it once more with a program begun anew where that stands still, as Celery was seen to
     * do: one lap is not worth the others.
     */
    private <T> T patiently(Supplier<T> lap) {
        for (int tries = 1; ; tries++) {
            try {
                return lap.get();
            } catch (Program.StandsStillException e) {
                if (tries == TRIES) {
                    throw e;
                }
                System.out.printf(
                        "  %s stands still, and is begun anew: %s%n", label, e.getMessage());
                program.close();
                program = another();
            }
        }
    }

    @Override
    public void close() {
        program.close();
        redis.close();
    }
}
