package io.trekpoint.control.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives every request an id before anything else happens, taking over a sane one from the caller,
 * and refuses a body by its announced length before a byte of it is read.
 */
@Singleton
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    private static final String KEY = "trek.request-id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final int FIRST = 10_000;

    void register(@Observes Filters filters) {
        filters.register(this::identify, FIRST);
    }

    static String of(RoutingContext request) {
        String id = request.get(KEY);
        return id == null ? "unknown" : id;
    }

    static boolean isOfrep(RoutingContext request) {
        return request.request().path().startsWith("/ofrep/");
    }

    private void identify(RoutingContext request) {
        String given = request.request().getHeader(HEADER);
        String id =
                given != null && SANE.matcher(given).matches()
                        ? given
                        : UUID.randomUUID().toString();
        request.put(KEY, id);
        request.response().putHeader(HEADER, id);
        int most = BodyLimit.bytes(request.normalizedPath());
        if (announcedLength(request) > most) {
            request.response().putHeader("Connection", "close");
            EarlyRefusal.write(request, ProblemType.TOO_LARGE, BodyLimit.detail(most));
        } else {
            request.next();
        }
    }

    private static long announcedLength(RoutingContext request) {
        String length = request.request().getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
