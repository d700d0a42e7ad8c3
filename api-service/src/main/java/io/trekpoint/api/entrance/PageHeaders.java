package io.trekpoint.api.entrance;

import io.trekpoint.api.gateway.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What lets the pages of the configured origins read an answer (CORS), also one that refuses before
 * anything is routed: a page takes what it may not read for a network that is down. Immutable.
 */
@Singleton
final class PageHeaders {
    private static final String ANY = "*";

    private final Set<String> origins;

    @Inject
    PageHeaders(GatewayConfig config) {
        this(config.browserOrigins().orElse(Set.of()));
    }

    PageHeaders(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Whether the pages of an origin may call. */
    boolean areFor(String origin) {
        return origins.contains(ANY) || origins.contains(origin);
    }

    /** Whether pages have a reason to ask for a path. */
    static boolean concern(String path) {
        return path.startsWith("/v1/");
    }

    /**
     * Writes them, where it is a page that asks.
     *
     * @param origin the header of that name; null where there is none
     */
    void write(String path, @Nullable String origin, BiConsumer<String, String> answer) {
        if (origin == null || !concern(path)) {
            return;
        }
        answer.accept("Vary", "Origin");
        if (areFor(origin)) {
            answer.accept("Access-Control-Allow-Origin", origin);
            answer.accept(
                    "Access-Control-Expose-Headers",
                    "Accept-Ranges, Allow, Content-Disposition, Content-Location, Content-Range,"
                            + " ETag, Idempotency-Replayed, Link, Location, Preference-Applied,"
                            + " RateLimit, RateLimit-Policy, Retry-After, Trek-Limits,"
                            + " WWW-Authenticate, X-Request-Id");
        }
    }
}
