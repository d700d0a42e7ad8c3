package io.trekpoint.lanes.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses what is written to it and hands it on in chunks of at most 512 KiB, so that no single
 * command holds a shared Redis. Close it before asking for its figures. For one thread.
 */
public final class ChunkedOutput extends OutputStream {
    /** The longest chunk in bytes. */
    public static final int CHUNK_BYTES = 512 * 1024;

    /** Room for most outputs; the first chunk grows as needed. */
    private static final int FIRST_BYTES = 4 * 1024;

    /** Takes one finished chunk, the k-th from 0, and may keep it. */
    interface Sink {
        void store(int k, byte[] chunk);
    }

    private final Sink sink;
    private final int carriedBytes;
    private final Deflater deflater = Deflaters.take();
    private byte[] chunk = new byte[FIRST_BYTES];
    private int filled;
    private int chunks;
    private long bytes;
    private long stored;
    private boolean closed;
    private byte[] carried = {};

    ChunkedOutput(Sink sink) {
        this(sink, 0);
    }

    /** Keeps an only chunk of at most so many bytes, and does not hand it on. */
    ChunkedOutput(Sink sink, int carriedBytes) {
        this.sink = sink;
        this.carriedBytes = carriedBytes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        if (closed) {
            throw new IOException("this output is closed");
        }
        bytes += len;
        deflater.setInput(b, off, len);
        while (!deflater.needsInput()) {
            compress();
        }
    }

    /**
     * Stores the last chunk. Written bytes are visible to nobody before the script that names them.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            deflater.finish();
            while (!deflater.finished()) {
                compress();
            }
            if (filled > 0) {
                storeChunk();
            }
        } finally {
            chunk = new byte[0];
            Deflaters.giveBack(deflater);
        }
    }

    /** Gives up: frees the compressor and stores nothing more. Stored chunks lapse by their TTL. */
    public void abandon() {
        if (!closed) {
            closed = true;
            Deflaters.giveBack(deflater);
        }
    }

    /** Bytes written so far, before compression. */
    public long bytes() {
        return bytes;
    }

    /** Bytes stored, after compression. */
    public long stored() {
        return stored;
    }

    /** Chunks stored, one that was kept included. */
    public int chunks() {
        return chunks;
    }

    /** The only chunk, where it was kept; empty where every chunk was handed on. */
    byte[] carried() {
        return carried;
    }

    /** Takes what the compressor has, as far as there is room in the chunk. */
    private void compress() {
        if (filled == chunk.length) {
            makeRoom();
        }
        filled += deflater.deflate(chunk, filled, chunk.length - filled);
    }

    private void makeRoom() {
        if (filled == CHUNK_BYTES) {
            storeChunk();
            chunk = new byte[CHUNK_BYTES];
        } else {
            chunk = Arrays.copyOf(chunk, Math.min(CHUNK_BYTES, chunk.length * 4));
        }
    }

    private void storeChunk() {
        byte[] full = filled == chunk.length ? chunk : Arrays.copyOf(chunk, filled);
        if (closed && chunks == 0 && filled <= carriedBytes) {
            carried = full;
        } else {
            sink.store(chunks, full);
        }
        chunks++;
        stored += filled;
        filled = 0;
    }
}
