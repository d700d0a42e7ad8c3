package io.trekpoint.api.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The key set of an address, as it was when that last answered with one. One thread reads, any may
 * ask.
 */
final class TokenKeyAddress implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int LARGEST_BYTES = 256 * 1024;

    private final Duration patience;
    private final HttpClient http;
    private volatile @Nullable Fetched fetched;

    /**
     * What an address answered.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    private record Fetched(URI address, String keys, long nanos) {
        boolean isFresh() {
            return System.nanoTime() - nanos < FRESH.toNanos();
        }
    }

    /** Waits so long for an answer, from the question to its last byte. */
    TokenKeyAddress(Duration patience) {
        this.patience = patience;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(patience)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** The key set of an address; empty where it was never had. */
    Optional<String> content(URI address) {
        return Optional.ofNullable(fetched)
                .filter(it -> it.address.equals(address))
                .map(Fetched::keys);
    }

    /** Reads it again where it is not of the last minute. */
    void refresh(URI address) throws IOException, InterruptedException {
        Fetched known = fetched;
        if (known == null || !known.address.equals(address) || !known.isFresh()) {
            read(address);
        }
    }

    /**
     * Reads it again.
     *
     * @throws IOException where it does not answer in time, or with no key set; what was read
     *     before stays
     */
    void read(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(address);
        if (answer.statusCode() != 200) {
            throw new IOException("it answers " + answer.statusCode());
        }
        fetched = new Fetched(address, JsonKeySet.checked(answer.body()), System.nanoTime());
    }

    /** The client's own timeout ends with the head of an answer, and a body may stall for ever. */
    private HttpResponse<String> ask(URI address) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(
                        HttpRequest.newBuilder(address).build(),
                        BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_BYTES));
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
