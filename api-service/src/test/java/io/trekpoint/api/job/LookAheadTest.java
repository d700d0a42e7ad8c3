package io.trekpoint.api.job;

import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.redis.RedisServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A look reads its job once, and not at all where that is known to be in vain. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class LookAheadTest {
    private static final byte[] OUTPUT = {1, 2, 3};

    RedisServer redis;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;

    @AfterEach
    void leaveNothingQueuedOrChanged() {
        worker.drain();
        clients.state().setting("limits.burst.requests", "1000");
    }

    @Test
    void readsAJobOnceForALookAndOnceForItsResult() throws IOException {
        ApiKey client = clients.newcomer();
        String result = worker.done(client, OUTPUT);
        for (String path : new String[] {jobOf(result), result}) {
            AtomicInteger status = new AtomicInteger();
            assertThat(readsOfJobs(() -> status.set(as(client).get(path).statusCode()))).isOne();
            assertThat(status).hasValue(200);
        }
    }

    @Test
    void readsNoJobForARequestThatIsKnownToBeRefused() throws IOException {
        ApiKey client = clients.newcomer(Tier.PARTNER);
        String result = worker.done(client, OUTPUT);
        clients.state()
                .setting("limits.burst.requests", "{\"tiers\":{\"free\":1000,\"partner\":1}}");
        for (String path : new String[] {jobOf(result), result}) {
            await().until(() -> as(client).get(path).statusCode() == 429);
            AtomicInteger status = new AtomicInteger();
            assertThat(readsOfJobs(() -> status.set(as(client).get(path).statusCode()))).isZero();
            assertThat(status).hasValue(429);
        }
    }

    private static String jobOf(String result) {
        return result.substring(0, result.lastIndexOf('/'));
    }

    private long readsOfJobs(Runnable done) {
        return redis.received(done).stream().filter("hmget"::equals).count();
    }
}
