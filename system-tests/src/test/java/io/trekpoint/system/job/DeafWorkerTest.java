package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Module;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A worker that lives, answers, and has its lanes, but no longer hears of work: its claim loop is
 * stopped by a debugger, and nothing else of it is.
 */
class DeafWorkerTest {
    private static final Duration ENDED = Duration.ofSeconds(10);

    /** Half a minute without a claim, and a probe's period. */
    private static final Duration NOTICED = Duration.ofSeconds(45);

    private static final int DEBUGGER = RedisServer.freePort();

    private static Product product;
    private static Service worker;

    @BeforeAll
    static void start() {
        product = Plan.named("deaf-worker").start();
        product.worker().stop();
        worker = product.add(Module.WORKER, Map.of("JAVA_TOOL_OPTIONS", Debugger.option(DEBUGGER)));
        worker.launch().awaitReady();
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void saysThatItIsToBeRestartedAndHearsAgainOnceItIs() {
        awaitEnd(submit());
        try (Debugger debugger = Debugger.attach(DEBUGGER)) {
            debugger.suspend("trek-claim");
            String unheard = submit();
            assertThat(live()).as("right after").isEqualTo(200);

            await("its liveness tells").atMost(NOTICED).until(() -> live() == 503);
            assertThat(worker.abnormal()).as("its lanes are well").isEmpty();
            assertThat(state(unheard)).isEqualTo("queued");

            worker.kill();
            worker.launch().awaitReady();
            awaitEnd(unheard);
            assertThat(live()).as("restarted").isEqualTo(200);
        }
    }

    private static int live() {
        return worker.caller().get("/q/health/live").status();
    }

    private static String submit() {
        return product.client("partner")
                .export("geojson", Gpx.track(10_000))
                .json()
                .path("id")
                .asText();
    }

    private static void awaitEnd(String job) {
        await("job " + job + " ends").atMost(ENDED).until(() -> state(job).equals("succeeded"));
    }

    private static String state(String job) {
        return product.client("partner").get("/v1/jobs/" + job).json().path("state").asText();
    }
}
