package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.UUID;

/** One fault: a product, a client's load, and the history that is checked at the end. */
final class FaultRun {
    private static final String CLIENT = "partner";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The deadline of the jobs lane, and what any request is given beyond a deadline. */
    private static final Duration LONGEST_REFUSAL = Duration.ofMillis(250 + 250);

    private final Product product;
    private final Caller caller;
    private final History history = new History();
    private final Pulse machine = Pulse.ofThisMachine();
    private final long staleBefore;
    private final long repairsBefore;

    /** A fault whose load goes to the first gateway. */
    FaultRun(Product product) {
        this(product, product.client(CLIENT));
    }

    /** A fault whose load goes through that caller. */
    FaultRun(Product product, Caller caller) {
        this.product = product;
        this.caller = caller;
        this.staleBefore = product.counted(Checker.STALE);
        this.repairsBefore = product.counted(Checker.REPAIRS);
    }

    /**
     * What every product of these tests is: writes on disk before they are answered, short leases,
     * as many events kept as there are, and more exports than any load.
     */
    static Plan plan(String name) {
        return Plan.named(name)
                .redis("--appendfsync", "always")
                .setting("jobs.lease", "\"2s\"")
                .setting("jobs.events-kept", "1000000")
                .setting("gpx.export.monthly-quota", "1000000")
                .setting("limits.local.quota-allowance", "100000");
    }

    /** Starts a load of so many jobs, one after the other. */
    Load load(int jobs) {
        return load(jobs, Duration.ZERO);
    }

    /** Starts a load of so many jobs, each client resting after each. */
    Load load(int jobs, Duration pace) {
        return Load.start(caller, CLIENT, history, jobs, pace);
    }

    /** Submits so many jobs and waits until all are acknowledged. */
    void submit(int jobs) {
        try (Load load = load(jobs)) {
            load.awaitAll();
        }
    }

    /**
     * Submits so many jobs while their lane does not answer: each is refused in time, with a word
     * on when to come back.
     */
    void submitRefused(int jobs) {
        for (int i = 0; i < jobs; i++) {
            String key = '"' + UUID.randomUUID().toString() + '"';
            long began = System.currentTimeMillis();
            Answer answer = caller.export("kml", Gpx.walk(), "Idempotency-Key", key);
            history.answered(CLIENT, "submit", key, answer);
            Duration stalled = machine.late(began, System.currentTimeMillis());
            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:jobs-unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(answer.took()).isLessThan(LONGEST_REFUSAL.plus(stalled));
        }
    }

    /** Waits until that many jobs more are acknowledged, or all of the load. */
    void awaitMore(Load load, int jobs) {
        int before = history.acknowledged().size();
        await("%d more jobs are acknowledged".formatted(jobs))
                .atMost(PATIENCE)
                .until(() -> load.over() || history.acknowledged().size() >= before + jobs);
    }

    /** What was acknowledged so far. */
    History history() {
        return history;
    }

    /** The Redis of the jobs. */
    RedisServer redis() {
        return product.redis(LaneName.JOBS);
    }

    /** Checks the invariants over it all, and reports. */
    Verdict conclude(String fault, String what) {
        Checker checker = new Checker(product, CLIENT, history, machine);
        history.write(Outcomes.history(fault));
        checker.recovered();
        Verdict verdict = checker.check(staleBefore, repairsBefore);
        Outcomes.add(fault, what, verdict);
        return verdict;
    }
}
