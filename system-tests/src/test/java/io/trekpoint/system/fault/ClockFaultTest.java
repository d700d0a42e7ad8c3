package io.trekpoint.system.fault;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Beside a gateway and a worker whose clocks are right, a gateway whose clock is an hour ahead and
 * a worker's that is an hour behind; in full, the other way round too.
 */
class ClockFaultTest {
    private static final int JOBS = Profile.of(40, 2_000);
    private static final int BURST = 20;
    private static final Duration LEASE_LAPSES = Duration.ofSeconds(20);

    private static final Map<Service, String> OFFSETS = new HashMap<>();
    private static @Nullable Product product;

    @BeforeAll
    static void start() {
        if (FakeClock.library().isEmpty()) {
            return;
        }
        product =
                FaultRun.plan("clock-faults")
                        .setting(
                                "limits.burst.requests",
                                "{\"default\": 1000, \"tiers\": {\"free\": %d}}".formatted(BURST))
                        .start();
        add(product, Module.API, "+1h");
        add(product, Module.WORKER, "-1h");
        if (Profile.now() == Profile.FULL) {
            add(product, Module.API, "-1h");
            add(product, Module.WORKER, "+1h");
        }
    }

    private static void add(Product to, Module module, String offset) {
        Service service = to.add(module, FakeClock.wrongBy(offset)).launch().awaitReady();
        OFFSETS.put(service, offset);
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
    }

    @BeforeEach
    void needsClocks() {
        assumeTrue(FakeClock.library().isPresent(), "no libfaketime (or $TREK_LIBFAKETIME)");
    }

    @Test
    void losesNoJobAndLetsNobodyTakeWhatAnotherHas() {
        for (Service gateway : product().gateways()) {
            FaultRun run = new FaultRun(product(), gateway.caller().as(product().key("partner")));
            run.submit(JOBS);
            Verdict verdict = run.conclude("F13", "clocks an hour wrong: " + place(gateway));
            assertThat(verdict.stale()).as("finishes of who had lost a job").isZero();
        }
    }

    @Test
    void locksNobodyOutOfALimit() {
        for (Service gateway : product().gateways()) {
            Answer refused = refusedByTheLimit(gateway);
            assertThat(Integer.parseInt(refused.header("Retry-After")))
                    .as("seconds; %s", refused)
                    .isBetween(1, 5);
            for (Service other : product().gateways()) {
                await("%s admits after %s has refused".formatted(place(other), place(gateway)))
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> asked(other).status() == 404);
            }
        }
    }

    @Test
    void takesAJobBackOnceItsLeaseHasLapsed() {
        List<Service> workers =
                product().services().stream().filter(it -> it.module() == Module.WORKER).toList();
        List<Service> inTurn =
                Profile.now() == Profile.FULL
                        ? workers
                        : workers.stream().filter(OFFSETS::containsKey).toList();
        for (Service lost : inTurn) {
            List<Service> others = workers.stream().filter(worker -> worker != lost).toList();
            others.forEach(Service::freeze);
            Caller client = product().client("pro");
            String job = client.exportOfASpiral(10_000_000).json().path("id").asText();
            await(place(lost) + " has it").until(() -> state(job).equals("active"));
            lost.kill();
            others.forEach(Service::thaw);

            await("another has it, or has done it")
                    .atMost(LEASE_LAPSES)
                    .until(() -> client.get("/v1/jobs/" + job).json().path("attempt").asInt() == 2);
            await("it has ended").atMost(LEASE_LAPSES).until(() -> state(job).equals("succeeded"));
            assertThat(product().events(job, "succeeded")).isEqualTo(1);
            lost.launch().awaitReady();
        }
    }

    private static String state(String job) {
        return product().client("pro").get("/v1/jobs/" + job).json().path("state").asText();
    }

    /** Asks until the limit refuses. */
    private static Answer refusedByTheLimit(Service gateway) {
        return await(place(gateway) + " refuses")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> asked(gateway), answer -> answer.status() == 429);
    }

    private static Answer asked(Service gateway) {
        return gateway.caller().as(product().key("free")).get("/v1/jobs/no-such-job");
    }

    /** What it is, and how its clock is wrong. */
    private static String place(Service service) {
        return service.module().label() + ' ' + OFFSETS.getOrDefault(service, "+0h");
    }

    private static Product product() {
        return requireNonNull(product);
    }
}
