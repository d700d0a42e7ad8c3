package io.trekpoint.lanes.guard;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks others over HTTP and waits so long for a whole answer and no longer: the client's own
 * timeout ends with the head of an answer, and a body may stall for ever. Follows no redirect.
 * Thread-safe.
 */
public final class PromptHttp implements AutoCloseable {
    private final Duration patience;
    private final HttpClient http;

    /**
     * Asks nobody yet.
     *
     * @param connect how long a connection may take
     * @param patience how long an answer may take, from the question to its last byte
     */
    public PromptHttp(Duration connect, Duration patience) {
        this.patience = patience;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(connect)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /**
     * The answer to a request.
     *
     * @param most the longest body, in bytes
     * @throws IOException where there is none in time, or a longer one
     * @throws InterruptedException when the caller is being closed
     */
    public HttpResponse<byte[]> ask(HttpRequest request, long most)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it has not answered in full within " + patience, e);
        } catch (ExecutionException e) {
            throw new IOException("it cannot be asked", e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
