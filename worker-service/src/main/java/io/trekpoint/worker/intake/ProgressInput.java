package io.trekpoint.worker.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how far a job is by how much of its input has been read; the last tenth is for writing. */
final class ProgressInput extends FilterInputStream {
    private static final double READING = 0.9;

    private final HeldJob held;
    private long read;

    ProgressInput(InputStream in, HeldJob held) {
        super(in);
        this.held = held;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            count(1);
        }
        return b;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n = super.read(b, off, len);
        if (n > 0) {
            count(n);
        }
        return n;
    }

    private void count(int n) {
        read += n;
        held.progress(READING * read / Math.max(1, held.job().inputBytes()));
    }
}
