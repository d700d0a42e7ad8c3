package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.LaneException;
import java.time.Duration;

/**
 * The loop that compares the head in Redis once a second, so that a data set that was emptied,
 * rolled back or replaced is noticed, and a stream that was trimmed or deleted loses nothing. While
 * Redis is silent it asks the control service.
 */
final class HeadWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final MirrorState mirror;
    private final RedisSource redis;
    private final StateLoader loader;
    private final Fallback fallback;
    private long behindAt = -1;

    HeadWatch(MirrorState mirror, RedisSource redis, StateLoader loader, Fallback fallback) {
        this.mirror = mirror;
        this.redis = redis;
        this.loader = loader;
        this.fallback = fallback;
    }

    Duration turn() throws InterruptedException {
        try {
            compare();
        } catch (DivergedException e) {
            mirror.raise(Source.REDIS, e.divergence());
        } catch (LaneException e) {
            if (e.fault() == Fault.INTERRUPTED) {
                throw e;
            }
            fallback.tryFill();
        }
        return INTERVAL;
    }

    /** Behind twice at the same revision: the stream does not bring the change. */
    private void compare() throws InterruptedException {
        Head asked = mirror.current().state().head();
        Head head = redis.head();
        boolean behind = mirror.heard(asked, head);
        ControlState known = mirror.current().state();
        if (!behind) {
            behindAt = -1;
            if (!head.known() && !known.head().known()) {
                fallback.tryFill();
            }
        } else if (behindAt == known.head().revision()) {
            loader.loadUnlessLoading();
        } else {
            behindAt = known.head().revision();
        }
    }
}
