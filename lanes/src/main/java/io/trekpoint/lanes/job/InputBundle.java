package io.trekpoint.lanes.job;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Several inputs of one job as one stream: a mark that no document begins with, then each input in
 * blocks of a length and so many bytes, ended by a length of 0. Written and read in one pass.
 */
public final class InputBundle {
    private static final byte[] MARK = {0, 'T', 'R', 'E', 'K', 'I', 'N', 1};
    private static final int BLOCK_BYTES = 16 * 1024;

    private final DataOutputStream out;

    /**
     * Begins a bundle.
     *
     * @param out where to; not closed
     * @throws IOException if it fails
     */
    public InputBundle(OutputStream out) throws IOException {
        this.out = new DataOutputStream(out);
        this.out.write(MARK);
    }

    /**
     * Adds an input.
     *
     * @param input read to its end, not closed
     * @return its length in bytes
     * @throws IOException if reading or writing fails
     */
    public long add(InputStream input) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long bytes = 0;
        for (int n = input.readNBytes(block, 0, BLOCK_BYTES); n > 0; ) {
            out.writeInt(n);
            out.write(block, 0, n);
            bytes += n;
            n = input.readNBytes(block, 0, BLOCK_BYTES);
        }
        out.writeInt(0);
        out.flush();
        return bytes;
    }

    /**
     * Counts the inputs of a stream; 0 where it is no bundle but an input itself.
     *
     * @param in the stream from its beginning; read to its end and closed
     * @throws IOException if reading fails or a bundle ends too early
     */
    public static int count(InputStream in) throws IOException {
        try (DataInputStream data = new DataInputStream(in)) {
            if (!Arrays.equals(data.readNBytes(MARK.length), MARK)) {
                return 0;
            }
            int inputs = 0;
            for (int length = next(data); length >= 0; length = next(data)) {
                data.skipNBytes(length);
                inputs += length == 0 ? 1 : 0;
            }
            return inputs;
        }
    }

    /**
     * Opens one input of a bundle.
     *
     * @param in the bundle from its beginning; closed with what is returned
     * @param index which input, from 0
     * @throws IOException if reading fails or the bundle has no such input
     */
    public static InputStream open(InputStream in, int index) throws IOException {
        DataInputStream data = new DataInputStream(in);
        data.skipNBytes(MARK.length);
        for (int passed = 0; passed < index; ) {
            int length = next(data);
            if (length < 0) {
                throw new EOFException("the bundle has no input " + index);
            }
            data.skipNBytes(length);
            passed += length == 0 ? 1 : 0;
        }
        return new Part(data);
    }

    /** The next block's length; -1 at the end of the bundle. */
    private static int next(DataInputStream data) throws IOException {
        int first = data.read();
        if (first < 0) {
            return -1;
        }
        return first << 24
                | data.readUnsignedByte() << 16
                | data.readUnsignedByte() << 8
                | data.readUnsignedByte();
    }

    /** One input, block by block. */
    private static final class Part extends FilterInputStream {
        private final DataInputStream data;
        private int left;
        private boolean ended;

        Part(DataInputStream data) {
            super(data);
            this.data = data;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (left == 0 && !ended) {
                left = data.readInt();
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int n = data.read(b, off, Math.min(len, left));
            if (n < 0) {
                throw new EOFException("the bundle ends within an input");
            }
            left -= n;
            return n;
        }
    }
}
