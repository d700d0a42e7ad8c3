package io.trekpoint.control.problem;

import io.vertx.core.Context;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Stops reading a body that did not announce how large it is. What is served on the event loop has
 * its body read for it, up to the bound of the HTTP server, and checks it by itself.
 */
public final class BodyLimit {
    /** What every call takes at most; a definition, its reason and their JSON. */
    static final int BYTES = 128 * 1024;

    @ServerRequestFilter
    void limit(ContainerRequestContext request) {
        if (!Context.isOnEventLoopThread() && request.hasEntity()) {
            request.setEntityStream(new Counting(request.getEntityStream()));
        }
    }

    /**
     * Checks a body that was read whole.
     *
     * @throws ProblemException when it is larger than {@link #BYTES}
     */
    public static byte[] check(byte[] body) {
        if (body.length > BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, TooLargeException.DETAIL);
        }
        return body;
    }

    /** A body is larger than {@link #BYTES}. */
    static final class TooLargeException extends IOException {
        static final String DETAIL = "at most " + BYTES + " bytes are taken";
        private static final long serialVersionUID = 1L;
    }

    private static final class Counting extends FilterInputStream {
        private int left = BYTES;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws TooLargeException {
            left -= read;
            if (left < 0) {
                throw new TooLargeException();
            }
        }
    }
}
