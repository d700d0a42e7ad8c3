package io.trekpoint.api.entrance;

import io.trekpoint.api.gateway.Call;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes which route a request has taken, before anything refuses it. */
@Provider
@Priority(1)
public class RouteFilter implements ContainerRequestFilter {
    private final Call call;
    private final ResourceInfo resource;
    private final Map<Method, String> templates = new ConcurrentHashMap<>();

    RouteFilter(Call call, @Context ResourceInfo resource) {
        this.call = call;
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        call.matched(
                templates.computeIfAbsent(resource.getResourceMethod(), RouteFilter::template));
    }

    private static String template(Method method) {
        return Stream.of(
                        method.getDeclaringClass().getAnnotation(Path.class),
                        method.getAnnotation(Path.class))
                .filter(Objects::nonNull)
                .map(Path::value)
                .map(part -> part.startsWith("/") ? part : "/" + part)
                .collect(Collectors.joining());
    }
}
