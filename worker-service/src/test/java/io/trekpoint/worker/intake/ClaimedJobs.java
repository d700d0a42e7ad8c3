package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.JobId;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Claimed jobs that no Redis knows. */
final class ClaimedJobs {
    private ClaimedJobs() {}

    /** One of shard 0, whose input has not come along. */
    static ClaimedJob held(String token) {
        return new ClaimedJob(
                JobId.random(0),
                token,
                1,
                "a",
                "free",
                "test",
                "{}",
                1,
                5,
                ByteBuffer.allocate(0),
                "",
                Duration.ZERO);
    }
}
