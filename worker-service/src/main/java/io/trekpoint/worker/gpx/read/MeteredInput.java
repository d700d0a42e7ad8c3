package io.trekpoint.worker.gpx.read;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts, digests and bounds what passes; asks at each read whether to go on. */
final class MeteredInput extends InputStream {

    private final InputStream in;
    private final GpxLimits limits;
    private final MessageDigest digest;
    private long bytes;

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
            digest.update(buffer, offset, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    long bytes() {
        return bytes;
    }

    /** The digest of all that passed; to be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
