package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.LaneException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the whole state from Redis for a mirror, one read at a time: of a large state two at once
 * take twice the time and twice the memory, and say the same. Thread-safe.
 */
final class StateLoader {
    private final MirrorState mirror;
    private final RedisSource redis;
    private final ReentrantLock loading = new ReentrantLock();

    StateLoader(MirrorState mirror, RedisSource redis) {
        this.mirror = mirror;
        this.redis = redis;
    }

    /**
     * Reads it and offers it to the mirror, after whoever reads it now.
     *
     * @throws LaneException when Redis does not answer
     */
    void load() {
        loading.lock();
        try {
            read();
        } finally {
            loading.unlock();
        }
    }

    /**
     * The same, unless somebody reads it now.
     *
     * @throws LaneException when Redis does not answer
     */
    void loadUnlessLoading() {
        if (loading.tryLock()) {
            try {
                read();
            } finally {
                loading.unlock();
            }
        }
    }

    private void read() {
        try {
            mirror.offer(Source.REDIS, redis.load(mirror.current().state()));
        } catch (DivergedException e) {
            mirror.raise(Source.REDIS, e.divergence());
        }
    }
}
