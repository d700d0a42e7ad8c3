package io.trekpoint.system.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wire between a service and a Redis, which can be slow, swallow, break or cut. */
public final class FaultyProxy implements AutoCloseable {
    /** What the wire does with what comes back from Redis. */
    public sealed interface Fault {
        /** Passes everything on. */
        record None() implements Fault {}

        /** Passes each piece on that much later. */
        record Latency(Duration each) implements Fault {}

        /** Swallows everything. */
        record BlackHole() implements Fault {}

        /** Resets every connection, old and new. */
        record Reset() implements Fault {}

        /** Ends a connection after so many bytes of a reply. */
        record Cut(int after) implements Fault {}
    }

    private final ServerSocket server;
    private volatile int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = new Fault.None();

    /** Listens on a free loopback port and passes on to another. */
    public FaultyProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** {@code redis://127.0.0.1:<port>}. */
    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Passes on to another port from now on, and resets what was connected. */
    public void redirect(int port) {
        target = port;
        sockets.forEach(FaultyProxy::reset);
    }

    /** Does this from now on. */
    public void inject(Fault next) {
        fault = next;
        if (next instanceof Fault.Reset) {
            sockets.forEach(FaultyProxy::reset);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        quietly(server);
        sockets.forEach(FaultyProxy::quietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (fault instanceof Fault.Reset) {
                    reset(near);
                } else {
                    connect(near);
                }
            } catch (IOException e) {
                // The near end gave up, or the test is over.
            }
        }
    }

    /** Whoever connects while Redis is away is refused, as by a port that nobody listens on. */
    private void connect(Socket near) {
        Socket far = new Socket();
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 1_000);
        } catch (IOException e) {
            reset(near);
            return;
        }
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pump(near, far, false));
        Thread.ofVirtual().start(() -> pump(far, near, true));
    }

    private void pump(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                switch (replies ? fault : new Fault.None()) {
                    case Fault.None _, Fault.Reset _ -> out.write(buffer, 0, count);
                    case Fault.BlackHole _ -> {}
                    case Fault.Latency(Duration each) -> {
                        closed.await(each.toMillis(), TimeUnit.MILLISECONDS);
                        out.write(buffer, 0, count);
                    }
                    case Fault.Cut(int after) -> {
                        out.write(buffer, 0, Math.min(after, count));
                        out.flush();
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // One of the two ends is gone, and so is the other then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            quietly(from);
            quietly(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        quietly(socket);
    }

    private static void quietly(AutoCloseable it) {
        try {
            it.close();
        } catch (Exception e) {
            // It is as good as closed.
        }
    }
}
