package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxSource;
import java.io.IOException;
import java.io.OutputStream;

/** Size and digest of a file that cannot be read as GPX. */
final class Digest {

    private Digest() {}

    static GpxResult.Input of(GpxSource source, GpxLimits limits) throws IOException {
        var metered = new MeteredOutput(OutputStream.nullOutputStream(), limits);
        try (var in = source.open()) {
            in.transferTo(metered);
        }
        return new GpxResult.Input(metered.bytes(), metered.sha256(), null, null);
    }
}
