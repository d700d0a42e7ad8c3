package io.trekpoint.bench.gpx;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxReading;
import io.trekpoint.worker.gpx.read.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackFileTest {

    private static final int BYTES = 3_000_000;
    private static final int LONGEST_POINT = 400;

    @TempDir private Path dir;

    @ParameterizedTest
    @EnumSource
    void isOfTheSizeAskedForAndReadWithoutAWarning(TrackFile kind) throws IOException {
        Path file = kind.make(dir.resolve("made.gpx"), BYTES);

        assertThat(Files.size(file)).isBetween((long) BYTES - LONGEST_POINT, (long) BYTES);
        assertThat(read(file).warnings()).isEmpty();
    }

    @Test
    void holdsWhatItsNameSays() throws IOException {
        var full = firstSegment(TrackFile.HR_CAD);
        var bare = firstSegment(TrackFile.BARE);

        assertThat(full.has(Channel.HR)).isTrue();
        assertThat(full.has(Channel.CAD)).isTrue();
        assertThat(full.hasTimes()).isTrue();
        assertThat(bare.has(Channel.ELE)).isFalse();
        assertThat(bare.hasTimes()).isFalse();
    }

    @Test
    void isTheSameEachTime() throws IOException {
        Path one = TrackFile.HR_CAD.make(dir.resolve("one.gpx"), BYTES);
        Path other = TrackFile.HR_CAD.make(dir.resolve("other.gpx"), BYTES);

        assertThat(one).hasSameBinaryContentAs(other);
    }

    private Points firstSegment(TrackFile kind) throws IOException {
        GpxDocument document = read(kind.make(dir.resolve(kind + ".gpx"), BYTES)).document();
        return document.tracks().getFirst().segments().getFirst();
    }

    private static GpxReading read(Path file) throws IOException {
        return GpxReader.read(() -> Files.newInputStream(file), Reading.LENIENT, Work.limits());
    }
}
