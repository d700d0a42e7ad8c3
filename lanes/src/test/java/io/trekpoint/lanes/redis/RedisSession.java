package io.trekpoint.lanes.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to a server that stays open: for faults that leave no room for another one, and for
 * commands that do not come to an end.
 */
public final class RedisSession implements AutoCloseable {
    private final Socket socket = new Socket();

    /** Connects to a server. */
    public RedisSession(RedisServer server) {
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 1_000);
            socket.setSoTimeout(5_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one inline command, and does not wait for its reply. */
    public void send(String line) {
        try {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one inline command; the first line of the reply, or all of it where it is a text. */
    public String command(String line) {
        send(line);
        try {
            String first = line();
            if (!first.startsWith("$")) {
                return first;
            }
            byte[] text = in().readNBytes(Integer.parseInt(first.substring(1)));
            line();
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one inline command whose reply is a list of whole numbers. */
    public List<Long> numbers(String line) {
        int count = Integer.parseInt(command(line).substring(1));
        List<Long> numbers = new ArrayList<>();
        try {
            while (numbers.size() < count) {
                numbers.add(Long.parseLong(line().substring(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers;
    }

    /** A figure of INFO that is a whole number. */
    public long info(String section, String name) {
        return command("INFO " + section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Up to the end of a line, without it. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in().read(); c >= 0 && c != '\n'; c = in().read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
