package io.trekpoint.api.job;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A part of a stream. What comes before it is read and thrown away with its first byte, since what
 * is compressed cannot be sought in.
 */
final class PartialInput extends FilterInputStream {
    private long ahead;
    private long left;

    /** The part of a stream that stands at its beginning. */
    PartialInput(InputStream whole, ByteRange.Part part) {
        super(whole);
        this.ahead = part.first();
        this.left = part.length();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (left == 0) {
            return -1;
        }
        in.skipNBytes(ahead);
        ahead = 0;
        int n = in.read(b, off, (int) Math.min(len, left));
        left -= Math.max(n, 0);
        return n;
    }
}
