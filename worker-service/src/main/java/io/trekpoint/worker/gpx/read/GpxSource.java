package io.trekpoint.worker.gpx.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A GPX file that can be read more than once: some files need a second, more forgiving pass. */
@FunctionalInterface
public interface GpxSource {

    /**
     * Opens the file at its beginning. The reader closes what it opens.
     *
     * @return the file's bytes, inflated, the same at each call
     * @throws IOException if the bytes cannot be had
     */
    InputStream open() throws IOException;

    /**
     * A file held in memory.
     *
     * @param bytes the file's bytes, inflated; not copied
     * @return a source of these bytes
     */
    static GpxSource of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }
}
