package io.trekpoint.control.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.json.JsonObject;
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
            refuse(request, id, most);
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

    private void refuse(RoutingContext request, String id, int most) {
        ProblemType type = ProblemType.TOO_LARGE;
        String detail = BodyLimit.detail(most);
        JsonObject problem =
                new JsonObject()
                        .put("type", type.urn())
                        .put("title", type.title())
                        .put("status", type.status())
                        .put("detail", detail)
                        .put("instance", id);
        if (isOfrep(request)) {
            problem.put("errorCode", "GENERAL")
                    .put("errorDetails", detail)
                    .put("metadata", new JsonObject());
        }
        request.response()
                .setStatusCode(type.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(problem.toBuffer());
    }
}
