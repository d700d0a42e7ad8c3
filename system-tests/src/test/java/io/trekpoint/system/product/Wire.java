package io.trekpoint.system.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request over a bare connection, for what no HTTP client does: headers without the body
 * they announce, bodies without an end.
 */
public final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final Socket socket;

    /** Connects to a caller's service and sends the head of a GPX upload, without any body. */
    public Wire(Caller caller, String... headers) {
        StringBuilder head =
                new StringBuilder("POST /v1/jobs/export?to=geojson HTTP/1.1\r\n")
                        .append("Host: ")
                        .append(caller.url().getAuthority())
                        .append("\r\n")
                        .append("X-API-Key: ")
                        .append(caller.key())
                        .append("\r\n")
                        .append("Content-Type: application/gpx+xml\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        try {
            socket = new Socket(caller.url().getHost(), caller.url().getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends bytes as they are. */
    public void send(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends chunks of a chunked body, without end, until the service answers or hangs up.
     *
     * @param most bytes after which it gives up
     * @return how many bytes of the body were sent
     */
    public long sendChunksUntilAnswered(long most) {
        byte[] chunk = new byte[64 * 1024];
        Arrays.fill(chunk, (byte) ' ');
        byte[] size =
                (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\n".getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try {
            while (sent < most && socket.getInputStream().available() == 0) {
                send(size);
                send(chunk);
                send(end);
                sent += chunk.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            // Hung up on, which is an answer too.
        }
        return sent;
    }

    /** The answer, head and body; what came of it where the service hangs up before its end. */
    public String answer() {
        StringBuilder head = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) {
                    return head.toString();
                }
                head.append((char) b);
            }
            byte[] body = in.readNBytes(contentLength(head));
            return head + new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return head.toString();
        }
    }

    /** Whether the service has closed the connection within its tests' patience. */
    public boolean hungUp() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int contentLength(CharSequence head) {
        Matcher length = CONTENT_LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
