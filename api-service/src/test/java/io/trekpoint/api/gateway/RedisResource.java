package io.trekpoint.api.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trekpoint.lanes.redis.RedisServer;
import java.util.Map;

/** A real Redis for the gateway under test. */
public final class RedisResource implements QuarkusTestResourceLifecycleManager {
    private RedisServer redis;

    @Override
    public Map<String, String> start() {
        redis = RedisServer.start();
        return Map.of(
                "trek.redis.url", redis.url(),
                "trek.lanes.limits.deadline", "2s",
                "trek.lanes.jobs.deadline", "2s",
                "trek.gateway.key-environment", "test",
                "trek.gateway.jwt-key-file", "target/token-key-" + redis.port());
    }

    @Override
    public void stop() {
        redis.close();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisServer.class));
    }
}
