package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotWriterTest {
    private static final Head FIRST = new Head("e", 1, "h1");

    @TempDir private Path directory;

    @Test
    void writesAStateThatCameBeforeItsFirstTurn() throws InterruptedException {
        MirrorState mirror = new MirrorState(InstantSource.system());
        ControlState state =
                new ControlState(
                        FIRST, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), false);
        mirror.offer(
                Source.REDIS,
                new Fill(state, Collections.emptySortedSet(), null, Head.NONE, Instant.EPOCH));
        DiskSnapshot disk = new DiskSnapshot(directory);
        var failures = new SimpleMeterRegistry().counter("failures");
        new SnapshotWriter(mirror, disk, Head.NONE, failures).turn();
        assertThat(disk.read().orElseThrow().state().head()).isEqualTo(FIRST);
    }
}
