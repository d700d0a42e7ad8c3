package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.StreamEntry;
import io.trekpoint.lanes.redis.StreamReader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The loop that fills a mirror and then follows the change stream: a change that is next is
 * applied, a gap reads the whole state again.
 */
final class ChangeFollower {
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration REST_UNDER_ALARM = Duration.ofMillis(500);

    /** Before an entry is looked at again that leads nowhere, such as one of somebody else's. */
    private static final Duration REST_WHERE_STUCK = Duration.ofMillis(500);

    private final MirrorState mirror;
    private final StateLoader loader;
    private final StreamReader changes;
    private final Fallback fallback;
    private final CountDownLatch filled;
    private boolean loaded;

    ChangeFollower(
            MirrorState mirror,
            StateLoader loader,
            StreamReader changes,
            Fallback fallback,
            CountDownLatch filled) {
        this.mirror = mirror;
        this.loader = loader;
        this.changes = changes;
        this.fallback = fallback;
        this.filled = filled;
    }

    Duration turn() throws InterruptedException {
        if (!loaded) {
            firstLoad();
        }
        ControlSnapshot known = mirror.current();
        if (known.alarm() != null) {
            return REST_UNDER_ALARM;
        }
        String position = ControlKeys.streamId(known.state().head().revision());
        for (StreamEntry entry : changes.read(position, WAIT)) {
            if (!follow(entry)) {
                return REST_WHERE_STUCK;
            }
        }
        return Duration.ZERO;
    }

    private void firstLoad() throws InterruptedException {
        try {
            loader.load();
            loaded = true;
            if (!mirror.current().state().head().known()) {
                fallback.tryFill();
            }
        } catch (LaneException e) {
            fallback.tryFill();
            throw e;
        } finally {
            filled.countDown();
        }
    }

    private boolean follow(StreamEntry entry) {
        try {
            if (mirror.apply(Change.of(entry))) {
                return true;
            }
        } catch (UnreadableException e) {
            // The whole state says what the entry cannot.
        }
        long before = mirror.current().state().head().revision();
        if (mirror.current().alarm() == null) {
            loader.load();
        }
        return mirror.current().state().head().revision() > before;
    }
}
