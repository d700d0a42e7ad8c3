package io.trekpoint.worker.gpx.read;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Counts, digests and bounds what passes, all of it and between two events of the parser; asks at
 * each read whether to go on.
 */
final class MeteredInput extends InputStream {

    /**
     * The parser takes a start tag, a comment or a processing instruction whole, and a tag can be
     * made of nothing but names that hash alike: more of them and it is busy for minutes.
     */
    private static final long MOST_BETWEEN_EVENTS = 64 << 10;

    private final InputStream in;
    private final GpxLimits limits;
    private final MessageDigest digest;
    private final Head head = new Head();
    private long bytes;
    private long bytesAtEvent;

    MeteredInput(InputStream in, GpxLimits limits) {
        this.in = in;
        this.limits = limits;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        limits.check();
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            bytes += count;
            if (bytes > limits.maxBytes()) {
                throw new GpxException(GpxException.Code.TOO_LARGE);
            }
            if (bytes - bytesAtEvent > MOST_BETWEEN_EVENTS) {
                throw new GpxException(GpxException.Code.XML_LIMIT);
            }
            digest.update(buffer, offset, count);
            head.take(buffer, offset, count);
        }
        return count;
    }

    /** Takes in what is left, which no parser holds. */
    void drain() throws IOException {
        var buffer = new byte[8 << 10];
        while (read(buffer, 0, buffer.length) >= 0) {
            passedEvent();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The parser has gone on to another event: what it held of the one before is free. */
    void passedEvent() {
        bytesAtEvent = bytes;
    }

    /** The file's first bytes, as far as they have passed. */
    Head head() {
        return head;
    }

    long bytes() {
        return bytes;
    }

    /** The digest of all that passed; to be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
