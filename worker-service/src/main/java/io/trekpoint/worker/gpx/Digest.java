package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxSource;
import java.io.IOException;
import java.io.OutputStream;

/** Size and digest of a file that cannot be read as GPX, as far as its size is allowed. */
final class Digest {

    private Digest() {}

    static GpxResult.Input of(GpxSource source, GpxLimits limits) throws IOException {
        var metered = new MeteredOutput(OutputStream.nullOutputStream(), limits);
        var buffer = new byte[8 << 10];
        try (var in = source.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                metered.write(buffer, 0, count);
                if (metered.bytes() > limits.maxBytes()) {
                    throw new GpxException(GpxException.Code.TOO_LARGE);
                }
            }
        }
        return new GpxResult.Input(metered.bytes(), metered.sha256(), null, null);
    }
}
