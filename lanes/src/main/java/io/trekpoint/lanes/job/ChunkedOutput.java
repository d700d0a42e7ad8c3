package io.trekpoint.lanes.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Compresses what is written to it and hands it on in chunks of at most 512 KiB, so that no single
 * command holds a shared Redis. Close it before asking for its figures. For one thread.
 */
public final class ChunkedOutput extends OutputStream {
    /** The longest chunk in bytes. */
    public static final int CHUNK_BYTES = 512 * 1024;

    /** Takes one finished chunk, the k-th from 0, and may keep it. */
    interface Sink {
        void store(int k, byte[] chunk);
    }

    private final Sink sink;
    private final int carriedBytes;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream compressed;
    private byte[] chunk = new byte[16 * 1024];
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
        this.compressed = new DeflaterOutputStream(new Chunks(), deflater, 64 * 1024);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        bytes += len;
        compressed.write(b, off, len);
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
            compressed.close();
            if (filled > 0) {
                storeChunk();
            }
        } finally {
            deflater.end();
        }
    }

    /** Gives up: frees the compressor and stores nothing more. Stored chunks lapse by their TTL. */
    public void abandon() {
        closed = true;
        deflater.end();
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
        chunk = new byte[CHUNK_BYTES];
    }

    /** Cuts the compressed stream; the first chunk grows as needed, since most bodies are small. */
    private final class Chunks extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            int from = off;
            int left = len;
            while (left > 0) {
                makeRoom(left);
                int part = Math.min(left, chunk.length - filled);
                System.arraycopy(b, from, chunk, filled, part);
                filled += part;
                from += part;
                left -= part;
                if (filled == CHUNK_BYTES) {
                    storeChunk();
                }
            }
        }

        private void makeRoom(int wanted) {
            if (filled + wanted > chunk.length && chunk.length < CHUNK_BYTES) {
                int grown = Math.min(CHUNK_BYTES, Math.max(chunk.length * 2, filled + wanted));
                chunk = Arrays.copyOf(chunk, grown);
            }
        }
    }
}
