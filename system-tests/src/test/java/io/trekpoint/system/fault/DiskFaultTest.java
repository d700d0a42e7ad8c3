package io.trekpoint.system.fault;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk of the jobs' Redis is full. */
class DiskFaultTest {
    private static final int MEGABYTES = Profile.of(16, 128);
    private static final int JOBS = Profile.of(60, 2_000);
    private static final int REFUSALS = Profile.of(10, 100);
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private static SmallDisk disk;
    private static @Nullable Product product;

    @BeforeAll
    static void start() {
        disk = SmallDisk.mount(MEGABYTES);
        if (disk.isMounted()) {
            product =
                    FaultRun.plan("disk-faults")
                            .on(LaneName.JOBS, RedisServer.startIn(disk.directory("redis")))
                            .start();
        }
    }

    @AfterAll
    static void stop() {
        try {
            if (product != null) {
                product.close();
            }
        } finally {
            disk.close();
        }
    }

    @BeforeEach
    void needsADiskOfItsOwn() {
        assumeTrue(disk.isMounted(), () -> "no small disk can be mounted: " + disk.refusal());
    }

    @AfterEach
    void heal() {
        if (product != null) {
            disk.free();
            product.heal();
        }
    }

    @Test
    void answersReadsAndRefusesWritesWhileNothingCanBeWrittenDown() {
        redis().command("CONFIG SET appendfsync everysec");
        FaultRun run = new FaultRun(product());
        String ended = ended(run);
        try (Load load = run.load(JOBS)) {
            run.awaitMore(load, 20);
            disk.fill();
            await("the gateway says so")
                    .atMost(NOTICED)
                    .until(() -> product().gateway().fault(LaneName.JOBS).equals("misconfigured"));

            run.submitRefused(REFUSALS);

            Answer read = product().client("partner").get("/v1/jobs/" + ended + "/result");
            assertThat(read.status()).as("%s", read).isEqualTo(200);
            assertThat(product().gateway().abnormal()).as("concerns").containsExactly("jobs");
            disk.free();
            product().awaitNormal(RECOVERY);
            load.awaitAll();
        }
        run.conclude(
                "F4", "the disk of Redis full, appendfsync everysec: MISCONF, then room again");
    }

    @Test
    void losesNothingWhereRedisEndsOfAFullDisk() {
        redis().command("CONFIG SET appendfsync always");
        FaultRun run = new FaultRun(product());
        try (Load load = run.load(JOBS)) {
            run.awaitMore(load, 20);
            disk.fill();
            await("Redis ends of it").atMost(NOTICED).until(() -> !redis().runs());

            run.submitRefused(REFUSALS);

            disk.free();
            redis().restart();
            product().awaitNormal(RECOVERY);
            load.awaitAll();
        }
        run.conclude(
                "F4", "the disk of Redis full, appendfsync always: it ends, and is started again");
    }

    /** A job that has ended and has a result. */
    private static String ended(FaultRun run) {
        run.submit(1);
        String job = run.history().acknowledged().getFirst();
        await("job " + job + " ends")
                .atMost(NOTICED)
                .until(() ->
                        product()
                                .client("partner")
                                .get("/v1/jobs/" + job)
                                .json()
                                .has("finishedAt"));
        return job;
    }

    private static Product product() {
        return requireNonNull(product);
    }

    private static RedisServer redis() {
        return product().redis(LaneName.JOBS);
    }
}
