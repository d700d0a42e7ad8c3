package io.trekpoint.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.system.product.FaultyProxy;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wire between a gateway and the Redis of its jobs: slow, dead, broken, cut in a reply. */
class WireFaultTest {
    private static Product product;
    private static FaultyProxy wire;
    private static Service gateway;

    @BeforeAll
    static void start() {
        product = FaultRun.plan("wire-faults").start();
        wire = new FaultyProxy(product.redis(LaneName.JOBS).port());
        gateway = product.add(Module.API, Map.of("TREK_REDIS_JOBS_URL", wire.url()));
        gateway.launch().awaitReady();
        product.awaitNormal(Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        wire.close();
        product.close();
    }

    @Test
    void makesOneJobOfEachKeyWhateverTheWireDoes() {
        FaultRun run = new FaultRun(product, gateway.caller().as(product.key("partner")));
        List<FaultyProxy.Fault> faults =
                List.of(
                        new FaultyProxy.Fault.Latency(Duration.ofMillis(20)),
                        new FaultyProxy.Fault.Cut(3),
                        new FaultyProxy.Fault.Reset(),
                        new FaultyProxy.Fault.BlackHole(),
                        new FaultyProxy.Fault.Latency(Duration.ofMillis(400)),
                        new FaultyProxy.Fault.Cut(12));
        try (Load load = run.load(Profile.of(400, 4_000), Duration.ofMillis(50))) {
            run.awaitMore(load, 10);
            for (FaultyProxy.Fault fault : faults) {
                wire.inject(fault);
                awaitActs(run, 4);
                wire.inject(new FaultyProxy.Fault.None());
                run.awaitMore(load, 5);
            }
            load.awaitAll();
        }

        Verdict verdict = run.conclude("F12", "latency, black hole, reset, cuts within replies");
        assertThat(verdict.refused()).as("the faults were felt").isPositive();
        assertThat(verdict.ends()).containsOnlyKeys("succeeded");
        assertThat(product.jobKeys("j:*")).isEqualTo(verdict.acknowledged());
    }

    private static void awaitActs(FaultRun run, int more) {
        int before = run.history().acts().size();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> run.history().acts().size() >= before + more);
    }
}
