package io.trekpoint.control.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/** The id of the request being served. */
@RequestScoped
public class RequestId {
    private final RoutingContext request;

    RequestId(RoutingContext request) {
        this.request = request;
    }

    /** Whether the request is one of OFREP's, whose clients read errors in their own way. */
    boolean isOfrep() {
        return RequestIds.isOfrep(request);
    }

    /** 8 to 64 letters, digits, dots, underscores or hyphens. */
    public String value() {
        return RequestIds.of(request);
    }
}
