package io.trekpoint.bench.job;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.job.JobConfig;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobRules;
import io.trekpoint.lanes.job.JobSubmitter;
import io.trekpoint.lanes.job.SmallInput;
import io.trekpoint.lanes.job.Submission;
import io.trekpoint.lanes.job.SubmitOutcome;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.worker.intake.BenchWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Trek Point's queue as a contender: speaks the lines of {@link Contender}. */
final class OurQueue implements AutoCloseable {
    private static final int CLIENTS = 20;
    private static final int SUBMITTERS = 10;
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final JobConfig ONE_SHARD = () -> 1;

    private final LaneFixture gateway;
    private final LaneFixture workers;
    private final Lane submits;
    private final Lane lane;

    /** One for every worker, as in a process that has one: each keeps a connection. */
    private final FollowClient waiting;

    private volatile JobRules rules = JobRules.of(_ -> Optional.empty());
    private final JobSubmitter submitter;
    private final byte[] payload = System.getenv("BENCH_PAYLOAD").getBytes(StandardCharsets.UTF_8);
    private final AtomicLong firstStart = new AtomicLong();
    private volatile CountDownLatch ends = new CountDownLatch(0);
    private volatile Duration each = Duration.ZERO;
    private volatile String telling = "";
    private volatile BenchWorker.Task task = this::doJob;

    private OurQueue(int port) {
        String url = "redis://127.0.0.1:" + port;
        // Half of the processors are for event loops in the gateway.
        gateway = new LaneFixture(url, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        workers = new LaneFixture(url);
        submits = gateway.lane(LaneName.JOBS, PATIENT);
        lane = workers.lane(LaneName.JOBS, PATIENT);
        waiting = new FollowClient(LaneName.JOBS, workers.client());
        submitter = new JobSubmitter(submits, ONE_SHARD, () -> rules);
    }

    /**
     * Answers the lines on standard input.
     *
     * @param args the port of Redis
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (OurQueue queue = new OurQueue(Integer.parseInt(args[0]))) {
            System.out.println("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(queue.answer(line.split(" ", -1)));
            }
        }
    }

    private String answer(String[] words) throws InterruptedException {
        int number = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "enqueue" -> String.valueOf(enqueue(number, Integer.parseInt(words[3])));
            case "work" ->
                    String.valueOf(
                            work(number, Integer.parseInt(words[2]), Integer.parseInt(words[3])));
            case "idle" -> idle(number, Integer.parseInt(words[2]));
            case "serve" -> serve(number);
            case "tally" -> tally(number);
            case "endure" -> String.valueOf(endure(number, Integer.parseInt(words[2])));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Seconds that so many submits take, some of them at once. */
    private double enqueue(int jobs, int atOnce) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(jobs);
        long began = System.nanoTime();
        try (ExecutorService submitters = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < atOnce; i++) {
                submitters.execute(() -> {
                    for (int job = left.getAndDecrement(); job > 0; job = left.getAndDecrement()) {
                        submit(job);
                    }
                });
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Seconds from the first start to the last end of so many jobs that are there. */
    private double work(int jobs, int millis, int concurrency) throws InterruptedException {
        prepare(jobs, millis);
        try (BenchWorker worker = worker(concurrency)) {
            awaitEnds();
            while (worker.held() > 0) {
                Thread.onSpinWait();
            }
            return (System.nanoTime() - firstStart.get()) / 1e9;
        }
    }

    /** Milliseconds from submit to start, p50 and p99, of jobs that each find an idle worker. */
    private String idle(int jobs, int apart) throws InterruptedException {
        double[] millis = new double[jobs];
        prepare(1, 0);
        try (BenchWorker _ = worker(1)) {
            for (int i = 0; i < jobs; i++) {
                prepare(1, 0);
                long began = System.nanoTime();
                submit(i);
                awaitEnds();
                millis[i] = (firstStart.get() - began) / 1e6;
                // The worker is to wait again before the next one comes.
                boolean _ = new CountDownLatch(1).await(apart, TimeUnit.MILLISECONDS);
            }
        }
        Arrays.sort(millis);
        return millis[jobs / 2] + " " + millis[jobs * 99 / 100];
    }

    /** Works on, telling each start, until it is killed; each job takes so many milliseconds. */
    private String serve(int millis) throws InterruptedException {
        prepare(1, millis);
        telling = "started";
        try (BenchWorker _ = worker(1)) {
            new CountDownLatch(1).await();
        }
        return "";
    }

    /** Works on, telling the number of each job that is done, until it is killed. */
    private String tally(int concurrency) throws InterruptedException {
        telling = "done";
        try (BenchWorker _ = worker(concurrency)) {
            new CountDownLatch(1).await();
        }
        return "";
    }

    /**
     * Jobs that were submitted and done in so many seconds at the most, while nothing is kept for
     * longer than a second. Nothing of them is left.
     */
    private int endure(int jobs, int seconds) throws InterruptedException {
        rules = brief();
        Endurance endurance = new Endurance(lane, ONE_SHARD, () -> rules);
        prepare(0, 0);
        task = _ -> endurance.done();
        try (BenchWorker _ = worker(10)) {
            int done =
                    endurance.submit(jobs, Duration.ofSeconds(seconds), SUBMITTERS, this::submit);
            endurance.awaitNothingLeft();
            return done;
        }
    }

    /** The rules, with all times short: what is kept now is gone in a second. */
    private JobRules brief() {
        JobRules.Kept kept = rules.kept();
        Duration second = Duration.ofSeconds(1);
        return new JobRules(
                Duration.ofSeconds(2),
                rules.line(),
                rules.attempts(),
                rules.room(),
                new JobRules.Kept(
                        second, kept.endedBytes(), second, kept.deadBytes(), second, second, 100));
    }

    private void prepare(int jobs, int millis) {
        firstStart.set(0);
        each = Duration.ofMillis(millis);
        ends = new CountDownLatch(jobs);
    }

    private void awaitEnds() throws InterruptedException {
        if (!ends.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("jobs do not end");
        }
    }

    private BenchWorker worker(int concurrency) {
        return new BenchWorker(lane, waiting, ONE_SHARD, () -> rules, task, concurrency);
    }

    private void submit(int job) {
        JobId id = submitter.identify("client-" + job % CLIENTS, Optional.empty());
        Submission submission =
                new Submission(
                        "client-" + job % CLIENTS,
                        Tier.PARTNER,
                        BenchWorker.TYPE,
                        "{\"n\":" + job + "}",
                        "",
                        Optional.empty(),
                        Optional.empty());
        if (!(SmallInput.submit(submitter, id, submission, payload)
                instanceof SubmitOutcome.Accepted)) {
            throw new IllegalStateException("a submit was refused");
        }
    }

    private void doJob(String parameters) throws InterruptedException {
        firstStart.compareAndSet(0, System.nanoTime());
        if (!telling.isEmpty()) {
            System.out.println(telling + " " + parameters);
        }
        if (!each.isZero()) {
            Thread.sleep(each);
        }
        ends.countDown();
    }

    @Override
    public void close() {
        gateway.close();
        workers.close();
    }
}
