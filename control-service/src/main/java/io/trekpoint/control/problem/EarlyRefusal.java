package io.trekpoint.control.problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Ends a request with a problem document before the framework has seen it. */
final class EarlyRefusal {
    private EarlyRefusal() {}

    /** The answer is on its way once this is over. The detail is for the caller. */
    static Future<Void> write(RoutingContext request, ProblemType type, String detail) {
        JsonObject problem =
                new JsonObject()
                        .put("type", type.urn())
                        .put("title", type.title())
                        .put("status", type.status())
                        .put("detail", detail)
                        .put("instance", RequestIds.of(request));
        if (RequestIds.isOfrep(request)) {
            problem.put("errorCode", "GENERAL")
                    .put("errorDetails", detail)
                    .put("metadata", new JsonObject());
        }
        return request.response()
                .setStatusCode(type.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(problem.toBuffer());
    }
}
