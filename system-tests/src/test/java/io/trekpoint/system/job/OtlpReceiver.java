package io.trekpoint.system.job;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A collector of traces: takes OTLP over HTTP and reads of its protobuf what tells spans apart.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">the messages and their field
 *     numbers</a>
 */
final class OtlpReceiver implements AutoCloseable {
    /**
     * A span.
     *
     * @param traceId 32 hex digits
     * @param spanId 16 hex digits
     * @param parent the parent's; empty for none
     * @param name what was done
     * @param kind 2 server, 4 producer, 5 consumer
     * @param attributes by key; whole numbers as decimals
     * @param links what it is linked to: a trace's id, a dash, and a span's
     */
    record Span(
            String traceId,
            String spanId,
            String parent,
            String name,
            long kind,
            Map<String, String> attributes,
            List<String> links) {}

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    OtlpReceiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/v1/traces",
                exchange -> {
                    try (exchange) {
                        read(exchange.getRequestBody().readAllBytes());
                        exchange.sendResponseHeaders(200, -1);
                    }
                });
        server.start();
    }

    /** Where services send to. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What has come so far. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Request: 1 resource spans; those: 2 scope spans; those: 2 spans. */
    private void read(byte[] request) {
        for (Field resource : fields(request, 1)) {
            for (Field scope : fields(resource.bytes, 2)) {
                fields(scope.bytes, 2).forEach(span -> spans.add(span(span.bytes)));
            }
        }
    }

    private static Span span(byte[] message) {
        Map<String, String> attributes = new TreeMap<>();
        List<String> links = new ArrayList<>();
        for (Field attribute : fields(message, 9)) {
            byte[] value = first(attribute.bytes, 2).bytes;
            attributes.put(
                    text(first(attribute.bytes, 1)),
                    text(first(value, 1))
                            + fields(value, 3).stream()
                                    .map(f -> f.number)
                                    .findAny()
                                    .map(String::valueOf)
                                    .orElse(""));
        }
        for (Field link : fields(message, 13)) {
            links.add(hex(first(link.bytes, 1)) + "-" + hex(first(link.bytes, 2)));
        }
        return new Span(
                hex(first(message, 1)),
                hex(first(message, 2)),
                hex(first(message, 4)),
                text(first(message, 5)),
                first(message, 6).number,
                attributes,
                links);
    }

    /** A field of a message: its number and either of what it may hold. */
    private record Field(int id, long number, byte[] bytes) {}

    private static Field first(byte[] message, int id) {
        return fields(message, id).stream().findFirst().orElse(new Field(id, 0, new byte[0]));
    }

    private static List<Field> fields(byte[] message, int id) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            Field field = field((int) (tag >>> 3), (int) (tag & 7), in);
            if (field.id == id) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static Field field(int id, int wireType, ByteBuffer in) {
        return switch (wireType) {
            case VARINT -> new Field(id, varint(in), new byte[0]);
            case FIXED_64 -> new Field(id, in.getLong(), new byte[0]);
            case BYTES -> {
                byte[] bytes = new byte[(int) varint(in)];
                in.get(bytes);
                yield new Field(id, 0, bytes);
            }
            default -> new Field(id, in.getInt(), new byte[0]);
        };
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static String hex(Field field) {
        return HexFormat.of().formatHex(field.bytes);
    }

    private static String text(Field field) {
        return new String(field.bytes, StandardCharsets.UTF_8);
    }
}
