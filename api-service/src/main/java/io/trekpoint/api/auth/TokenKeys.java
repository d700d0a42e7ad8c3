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
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

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
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Mirror mirror;
    private final TokenKeyAddress address = new TokenKeyAddress(PATIENCE);
    private final TokenKeyFile file;
    private final Loop loop;

    TokenKeys(Mirror mirror, GatewayConfig config) {
        this.mirror = mirror;
        this.file = new TokenKeyFile(config.jwtKeyFile());
        this.loop = Loop.start("token-keys", this::turn);
    }

    /** What verifies by that key, as PEM or as a key set; empty where it was never had. */
    Optional<String> of(TokenKey key) {
        return switch (key) {
            case TokenKey.Pem(String text, _) -> Optional.of(text);
            case TokenKey.KeySet(URI named) -> address.content(named);
            case TokenKey.InFile _ -> file.content();
        };
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
        address.close();
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
            case TokenKey.KeySet(URI named) -> address.refresh(named);
            case TokenKey.InFile _ -> file.read();
        }
    }
}
