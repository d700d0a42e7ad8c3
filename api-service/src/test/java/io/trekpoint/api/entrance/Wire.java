package io.trekpoint.api.entrance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which a test says what it likes. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
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

    /** The next answer, which states its length. */
    String hearAnswer() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed after: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        return length.find()
                ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8)
                : head.toString();
    }

    /** All that comes until the other end closes. */
    String hearToTheEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
