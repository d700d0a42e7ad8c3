package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.read.GpxLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests what passes; asks at each write whether to go on. */
final class MeteredOutput extends OutputStream {

    private final OutputStream out;
    private final GpxLimits limits;
    private final MessageDigest digest;
    private long bytes;

    MeteredOutput(OutputStream out, GpxLimits limits) {
        this.out = out;
        this.limits = limits;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        limits.check();
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    long bytes() {
        return bytes;
    }

    /** The digest of all that passed; to be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
