package io.trekpoint.bench.limit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Bucket4j on Lettuce: one bucket of four bandwidths for each client, changed by compare-and-swap.
 */
final class BucketChecks implements Checks {
    private static final BucketConfiguration LIMITS =
            BucketConfiguration.builder()
                    .addLimit(it ->
                            it.capacity(1_000_000).refillGreedy(1_000_000, Duration.ofSeconds(1)))
                    .addLimit(it ->
                            it.capacity(100_000_000).refillGreedy(100_000_000, Duration.ofHours(1)))
                    .addLimit(it ->
                            it.capacity(100_000_000).refillGreedy(100_000_000, Duration.ofDays(1)))
                    .addLimit(it ->
                            it.capacity(1_000_000_000)
                                    .refillIntervally(1_000_000_000, Duration.ofDays(30)))
                    .build();

    private final RedisClient client;
    private final ProxyManager<byte[]> buckets;

    BucketChecks(String url) {
        client = RedisClient.create(url);
        buckets =
                Bucket4jLettuce.casBasedBuilder(client)
                        .expirationAfterWrite(
                                ExpirationAfterWriteStrategy.fixedTimeToLive(Duration.ofDays(62)))
                        .build();
    }

    @Override
    public boolean check(String key) {
        byte[] bytes = ("bucket:" + key).getBytes(StandardCharsets.US_ASCII);
        return buckets.builder().build(bytes, () -> LIMITS).tryConsume(1);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
