package io.trekpoint.control.problem;

import io.vertx.core.Context;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Stops reading a body that did not announce how large it is. What is served on the event loop has
 * its body read for it, up to the bound of the HTTP server, and checks it by itself.
 */
public final class BodyLimit {
    /** A definition, its reason and their JSON. */
    static final int USUAL = 128 * 1024;

    /** What some calls take besides: many definitions, or a whole control state. */
    private static final Map<String, Integer> LARGER =
            Map.of("/v1/changes", 1024 * 1024, "/v1/state/import", 8 * 1024 * 1024);

    @ServerRequestFilter
    void limit(ContainerRequestContext request) {
        if (!Context.isOnEventLoopThread() && request.hasEntity()) {
            int most = bytes(request.getUriInfo().getPath());
            request.setEntityStream(new Counting(request.getEntityStream(), most));
        }
    }

    /** How many bytes a call of that path takes at most. */
    static int bytes(String path) {
        return LARGER.getOrDefault(path, USUAL);
    }

    /**
     * Checks a body that was read whole, of a call that takes what is usual.
     *
     * @throws ProblemException when it is larger
     */
    public static byte[] check(byte[] body) {
        if (body.length > USUAL) {
            throw new ProblemException(ProblemType.TOO_LARGE, detail(USUAL));
        }
        return body;
    }

    /** For people. */
    static String detail(int most) {
        return "at most " + most + " bytes are taken";
    }

    /** A body is larger than its call takes. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int most) {
            super(detail(most));
        }
    }

    private static final class Counting extends FilterInputStream {
        private final int most;
        private int left;

        Counting(InputStream in, int most) {
            super(in);
            this.most = most;
            this.left = most;
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
                throw new TooLargeException(most);
            }
        }
    }
}
