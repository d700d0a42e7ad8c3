package io.trekpoint.api.auth;

import io.trekpoint.lanes.guard.PromptHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key set of an address, as it was when that last answered with one. One thread reads, any may
 * ask.
 */
final class TokenKeyAddress implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int LARGEST_BYTES = 256 * 1024;

    private final PromptHttp http;
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
        this.http = new PromptHttp(patience, patience);
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
        HttpResponse<byte[]> answer =
                http.ask(HttpRequest.newBuilder(address).build(), LARGEST_BYTES);
        if (answer.statusCode() != 200) {
            throw new IOException("it answers " + answer.statusCode());
        }
        String keys = JsonKeySet.checked(new String(answer.body(), StandardCharsets.UTF_8));
        fetched = new Fetched(address, keys, System.nanoTime());
    }

    @Override
    public void close() {
        http.close();
    }
}
