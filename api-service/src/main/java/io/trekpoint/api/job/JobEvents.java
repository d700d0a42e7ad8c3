package io.trekpoint.api.job;

import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.job.JobId;
import io.trekpoint.lanes.job.JobKeys;
import io.trekpoint.lanes.redis.StreamEntry;
import io.trekpoint.lanes.redis.StreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the changes of state of all jobs, one reader for each shard in a whole process, and wakes
 * whoever waits for one of them. Ten thousand waiters cost ten thousand map entries and not one
 * connection. Thread-safe.
 */
public final class JobEvents implements AutoCloseable {
    private static final Duration LONGEST_READ = Duration.ofSeconds(2);
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

    private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final List<Loop> loops = new ArrayList<>();

    /** Starts following, from now on. */
    public JobEvents(FollowClient client, int shards) {
        for (int shard = 0; shard < shards; shard++) {
            Follower follower = new Follower(new StreamReader(client, JobKeys.of(shard).events()));
            loops.add(Loop.start("events-" + shard, follower::turn));
        }
    }

    /**
     * Registers interest in the end of a job. Register first and read the record second, so that no
     * end falls between the two.
     */
    public Waiter register(JobId id) {
        Waiter waiter = new Waiter(id.text());
        waiters.compute(
                id.text(),
                (_, all) -> {
                    Set<Waiter> with = all == null ? ConcurrentHashMap.newKeySet() : all;
                    with.add(waiter);
                    return with;
                });
        return waiter;
    }

    /** How many waiters there are. */
    public int waiting() {
        return waiters.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }

    private void heed(StreamEntry entry) {
        String id = entry.fields().get("id");
        if (id != null && ENDED.contains(entry.fields().get("state"))) {
            waiters.getOrDefault(id, Set.of()).forEach(Waiter::wake);
        }
    }

    /** Somebody who waits for one job. Closing it is all the cleaning up there is. */
    public final class Waiter implements AutoCloseable {
        private final String id;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Waiter(String id) {
            this.id = id;
        }

        /** Waits for the job to end; false where that took longer than given. */
        public boolean await(Duration longest) throws InterruptedException {
            return ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void wake() {
            ended.countDown();
        }

        @Override
        public void close() {
            waiters.computeIfPresent(
                    id,
                    (_, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    /**
     * Reads one shard's stream. A position lost to trimming costs a late wake-up, never a wrong
     * one.
     */
    private final class Follower {
        private final StreamReader reader;
        private String position = "";

        Follower(StreamReader reader) {
            this.reader = reader;
        }

        Duration turn() {
            if (position.isEmpty()) {
                position = reader.newest();
            }
            for (StreamEntry entry : reader.read(position, LONGEST_READ)) {
                heed(entry);
                position = entry.id();
            }
            return Duration.ZERO;
        }
    }
}
