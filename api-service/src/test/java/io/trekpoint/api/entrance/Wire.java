package io.trekpoint.api.entrance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which a test says what it likes. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LITTLE_ROOM = 16 * 1024;

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    /** Connects to the server at a URL. */
    static Wire to(String url) {
        return connect(new Socket(), url);
    }

    /** Connects with room for a few KiB of what comes and is not read. */
    static Wire narrowTo(String url) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(LITTLE_ROOM);
        return connect(socket, url);
    }

    private static Wire connect(Socket socket, String url) {
        try {
            URI server = URI.create(url);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new Wire(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text as it stands. */
    Wire say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** All that comes until the other end closes. */
    String hearToTheEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
