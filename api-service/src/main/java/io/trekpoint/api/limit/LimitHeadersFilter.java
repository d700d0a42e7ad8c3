package io.trekpoint.api.limit;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.lanes.limit.Decision;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.function.BiConsumer;

/** Tells every caller of a limited request where it stands, errors included. */
@Provider
public class LimitHeadersFilter implements ContainerResponseFilter {
    private final Call call;

    LimitHeadersFilter(Call call) {
        this.call = call;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        write(call, response.getHeaders()::putSingle);
    }

    /** Hands the headers of a call, name and value, to a response. */
    public static void write(Call call, BiConsumer<String, String> response) {
        call.decision().ifPresent(decision -> write(decision, response));
    }

    private static void write(Decision decision, BiConsumer<String, String> response) {
        RateLimitHeaders.of(decision).ifPresent(headers -> headers.writeTo(response));
        if (decision.source() == Decision.Source.LOCAL) {
            response.accept("Trek-Limits", "local");
        }
    }
}
