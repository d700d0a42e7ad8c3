package io.trekpoint.bench.control;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a service for its revision over a connection that stays open, with as little work as can be:
 * a client with threads of its own would take longer than what is measured. For one thread at a
 * time.
 */
final class Probe implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /status HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern REVISION =
            Pattern.compile("\"controlState\":\\{\"revision\":(\\d+)");

    private final String url;
    private final Socket socket;
    private final InputStream input;

    Probe(String url) throws IOException {
        URI uri = URI.create(url);
        this.url = url;
        this.socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /** The revision that the service goes by now. */
    long revision() throws IOException {
        socket.getOutputStream().write(REQUEST);
        String head = head();
        String body = new String(input.readNBytes((int) number(LENGTH, head)), US_ASCII);
        return number(REVISION, body);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return url;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException(url);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(text);
        }
        return Long.parseLong(found.group(1));
    }
}
