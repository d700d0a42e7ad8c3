package io.trekpoint.lanes.job;

import io.trekpoint.lanes.guard.Lane;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads what {@link ChunkedOutput} stored, one chunk in memory at a time. */
final class ChunkedInput extends InflaterInputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Inflater inflater;

    private ChunkedInput(InputStream chunks, Inflater inflater, int bufferBytes) {
        super(chunks, inflater, bufferBytes);
        this.inflater = inflater;
    }

    /**
     * Opens the chunks as one inflated stream. Reading throws {@link MissingChunkException} when a
     * chunk is gone, and the lane's exceptions as they are.
     *
     * @param id whose they are
     * @param reads what reads the k-th chunk
     */
    static InputStream open(Lane lane, JobId id, int chunks, IntFunction<Request> reads) {
        return new ChunkedInput(new Chunks(lane, id, chunks, reads), new Inflater(), BUFFER_BYTES);
    }

    /** Opens an only chunk that is at hand, as an inflated stream. */
    static InputStream of(ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.duplicate().get(bytes);
        return new ChunkedInput(new ByteArrayInputStream(bytes), new Inflater(), bytes.length);
    }

    @Override
    public void close() throws IOException {
        super.close();
        inflater.end();
    }

    /** The stored chunks, one after the other. */
    private static final class Chunks extends InputStream {
        private final Lane lane;
        private final JobId id;
        private final int chunks;
        private final IntFunction<Request> reads;
        private int next;
        private byte[] chunk = {};
        private int at;

        Chunks(Lane lane, JobId id, int chunks, IntFunction<Request> reads) {
            this.lane = lane;
            this.id = id;
            this.chunks = chunks;
            this.reads = reads;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            while (at == chunk.length) {
                if (next == chunks) {
                    return -1;
                }
                chunk = fetch(reads.apply(next++));
                at = 0;
            }
            int part = Math.min(len, chunk.length - at);
            System.arraycopy(chunk, at, b, off, part);
            at += part;
            return part;
        }

        private byte[] fetch(Request read) {
            Response reply = lane.send(read, Lane.Access.READ);
            if (reply == null) {
                throw new MissingChunkException(id);
            }
            return reply.toBytes();
        }
    }
}
