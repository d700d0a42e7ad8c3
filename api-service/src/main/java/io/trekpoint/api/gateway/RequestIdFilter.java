package io.trekpoint.api.gateway;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * First: gives every request an identity, also one that matches no route. A sane one that the
 * client sent is kept, so that its logs and ours speak of the same thing.
 */
@Provider
@PreMatching
public class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String HEADER = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Call call;

    RequestIdFilter(Call call) {
        this.call = call;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String sent = request.getHeaderString(HEADER);
        call.requestId(
                sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        write(call, response.getHeaders()::putSingle);
    }

    /** Hands the headers that every answer carries, name and value, to a response. */
    public static void write(Call call, BiConsumer<String, String> response) {
        response.accept(HEADER, call.requestId());
        response.accept("X-Content-Type-Options", "nosniff");
    }
}
