package io.trekpoint.api.auth;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.lanes.client.TokenKey;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that keeps the key set or file of the settings at hand, so that no request waits for it.
 * One that cannot be had again is used as it was. Thread-safe.
 */
@Startup
@Singleton
final class TokenKeys {
    private static final Logger LOG = Logger.getLogger(TokenKeys.class);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST_BYTES = 256 * 1024;

    private final Mirror mirror;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final TokenKeyFile file;
    private final Loop loop;
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

    TokenKeys(Mirror mirror, GatewayConfig config) {
        this.mirror = mirror;
        this.file = new TokenKeyFile(config.jwtKeyFile());
        this.loop = Loop.start("token-keys", this::turn);
    }

    /** What verifies by that key, as PEM or as a key set; empty where it was never had. */
    Optional<String> of(TokenKey key) {
        return switch (key) {
            case TokenKey.Pem(String text, _) -> Optional.of(text);
            case TokenKey.KeySet(URI address) ->
                    Optional.ofNullable(fetched)
                            .filter(it -> it.address.equals(address))
                            .map(Fetched::keys);
            case TokenKey.InFile _ -> file.content();
        };
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
        http.shutdownNow();
    }

    private Duration turn() throws InterruptedException {
        Optional<TokenKey> wanted = TokenRules.of(mirror.current().state()).map(TokenRules::key);
        try {
            if (wanted.isPresent()) {
                refresh(wanted.get());
            }
            return REST;
        } catch (IOException e) {
            LOG.warnf("%s, which verifies tokens, is not had: %s", wanted.get(), e.toString());
            return REST_AFTER_FAILURE;
        }
    }

    private void refresh(TokenKey wanted) throws IOException, InterruptedException {
        switch (wanted) {
            case TokenKey.Pem _ -> {}
            case TokenKey.KeySet(URI address) -> refresh(address);
            case TokenKey.InFile _ -> file.read();
        }
    }

    private void refresh(URI address) throws IOException, InterruptedException {
        Fetched known = fetched;
        if (known == null || !known.address.equals(address) || !known.isFresh()) {
            fetched = new Fetched(address, fetch(address), System.nanoTime());
        }
    }

    private String fetch(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        HttpResponse<String> answer =
                http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_BYTES));
        if (answer.statusCode() != 200) {
            throw new IOException("it answers " + answer.statusCode());
        }
        return answer.body();
    }
}
