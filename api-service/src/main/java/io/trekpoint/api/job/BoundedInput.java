package io.trekpoint.api.job;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts a body as it is read and stops at its bound, so that no more of it is taken in. */
final class BoundedInput extends FilterInputStream {
    private final long bound;
    private long read;

    BoundedInput(InputStream in, long bound) {
        super(in);
        this.bound = bound;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        return b < 0 ? b : counted(1, b);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n = super.read(b, off, len);
        return n < 0 ? n : counted(n, n);
    }

    private int counted(int n, int answer) {
        read += n;
        if (read > bound) {
            throw GpxEnvelope.tooLarge(bound);
        }
        return answer;
    }
}
