package io.trekpoint.lanes.sse;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A listener to an event stream: it keeps every line. */
public final class EventStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<Stream<String>> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private EventStream(HttpRequest request) throws IOException, InterruptedException {
        response = http.send(request, HttpResponse.BodyHandlers.ofLines());
        Thread.ofVirtual().start(this::read);
    }

    /** Opens a stream; headers are given as names and values in turn. */
    public static EventStream open(String url, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new EventStream(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status it was answered with. */
    public int status() {
        return response.statusCode();
    }

    /** A header of the answer; empty where it has none of that name. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The lines so far, and {@code closed} or {@code ended} once there are no more. */
    public List<String> lines() {
        return lines;
    }

    /** Waits for a line, and answers the first that is as wished. */
    public String awaitLine(Predicate<String> wish) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> lines.stream().filter(wish).findFirst().orElse(""),
                        it -> !it.isEmpty());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private void read() {
        try (Stream<String> read = response.body()) {
            read.forEach(lines::add);
            lines.add("ended");
        } catch (UncheckedIOException e) {
            lines.add("closed");
        }
    }
}
