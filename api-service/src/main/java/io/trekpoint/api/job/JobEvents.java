package io.trekpoint.api.job;

import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.LaneException;
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

/**
 * Follows the changes of state of all jobs, one reader for each shard in a whole process, and tells
 * whoever listens for one of them. Ten thousand listeners cost ten thousand map entries and not one
 * connection. Thread-safe.
 */
public final class JobEvents implements AutoCloseable {
    private static final Duration LONGEST_READ = Duration.ofSeconds(2);

    /** What a listener hears. */
    sealed interface News {
        /**
         * The job is in a state that it was not in before.
         *
         * @param ended whether that state is its last
         */
        record Changed(boolean ended) implements News {}

        /** The reader was away for a while, and the job may have changed meanwhile. */
        record Missed() implements News {}

        /** The process stops: there will be no more news. */
        record Closing() implements News {}
    }

    /** Somebody who listens. Called on the reader's thread: it never blocks and never throws. */
    @FunctionalInterface
    interface Listener {
        /** Hears of its job. */
        void hear(News news);
    }

    private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();
    private final List<Loop> loops = new ArrayList<>();
    private volatile boolean closing;

    /** Starts following, from now on. */
    public JobEvents(FollowClient client, int shards) {
        for (int shard = 0; shard < shards; shard++) {
            Follower follower =
                    new Follower(shard, new StreamReader(client, JobKeys.of(shard).events()));
            loops.add(Loop.start("events-" + shard, follower::turn));
        }
    }

    /**
     * Listens for news of a job. Listen first and read the record second, so that no change falls
     * between the two.
     *
     * @return to be closed by whoever has heard enough
     */
    Listening listen(JobId id, Listener listener) {
        listeners.compute(
                id.text(),
                (_, all) -> {
                    Set<Listener> with = all == null ? ConcurrentHashMap.newKeySet() : all;
                    with.add(listener);
                    return with;
                });
        if (closing) {
            listener.hear(new News.Closing());
        }
        return new Listening(id.text(), listener);
    }

    /** How many listen. */
    public int listening() {
        return listeners.values().stream().mapToInt(Set::size).sum();
    }

    /** Whether the process stops. */
    boolean isClosing() {
        return closing;
    }

    /** Stops following, and tells all listeners that there is nothing more to come. */
    @Override
    public void close() {
        closing = true;
        listeners.keySet().forEach(id -> tell(id, new News.Closing()));
        loops.forEach(Loop::close);
    }

    private void tell(String id, News news) {
        listeners.getOrDefault(id, Set.of()).forEach(listener -> listener.hear(news));
    }

    private static boolean isEnd(String state) {
        return switch (state) {
            case "succeeded", "failed", "cancelled" -> true;
            default -> false;
        };
    }

    /** A listener's place. Closing it is all the cleaning up there is. */
    final class Listening implements AutoCloseable {
        private final String id;
        private final Listener listener;

        private Listening(String id, Listener listener) {
            this.id = id;
            this.listener = listener;
        }

        @Override
        public void close() {
            listeners.computeIfPresent(
                    id,
                    (_, all) -> {
                        all.remove(listener);
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    /**
     * Reads one shard's stream. What was trimmed before it could be read is missed, so after every
     * trouble with reading each listener of the shard is told to look for itself.
     */
    private final class Follower {
        private final String shard;
        private final StreamReader reader;
        private String position = "";
        private boolean away;

        Follower(int shard, StreamReader reader) {
            this.shard = shard + "-";
            this.reader = reader;
        }

        Duration turn() {
            try {
                if (position.isEmpty()) {
                    position = reader.newest();
                }
                for (StreamEntry entry : reader.read(position, LONGEST_READ)) {
                    entry.fields().forEach((id, state) -> tell(id, new News.Changed(isEnd(state))));
                    position = entry.id();
                }
            } catch (LaneException e) {
                away = true;
                throw e;
            }
            if (away) {
                away = false;
                listeners.keySet().stream()
                        .filter(id -> id.startsWith(shard))
                        .forEach(id -> tell(id, new News.Missed()));
            }
            return Duration.ZERO;
        }
    }
}
