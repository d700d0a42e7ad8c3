package io.trekpoint.lanes.mirror;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.redis.LaneFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Mirrors outside any container. */
public final class MirrorFixture {
    private MirrorFixture() {}

    /** A mirror of Redis alone. */
    public static Mirror start(LaneFixture fixture, Lane lane) {
        return start(fixture, lane, new Sources(null, null, null));
    }

    /** A mirror with other sources besides. */
    public static Mirror start(LaneFixture fixture, Lane lane, MirrorConfig config) {
        return Mirror.start(
                config,
                lane,
                new FollowClient(lane.name(), fixture.client()),
                InstantSource.system(),
                new SimpleMeterRegistry());
    }

    /** Sources besides Redis, each of which may be null. */
    public record Sources(URI control, Path keyFile, Path directory) implements MirrorConfig {
        @Override
        public Optional<URI> controlUrl() {
            return Optional.ofNullable(control);
        }

        @Override
        public Optional<Path> controlKeyFile() {
            return Optional.ofNullable(keyFile);
        }

        @Override
        public Optional<Path> snapshotDir() {
            return Optional.ofNullable(directory);
        }

        @Override
        public Duration firstFill() {
            return Duration.ofSeconds(1);
        }
    }
}
