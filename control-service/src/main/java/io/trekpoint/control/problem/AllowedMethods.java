package io.trekpoint.control.problem;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;

/**
 * Which methods a path takes, of all the resources together: the framework knows it of each
 * resource by itself, and does not tell. Thread-safe.
 */
@Singleton
class AllowedMethods {
    private volatile Map<String, RequestMapper<String>> byMethod = Map.of();

    /**
     * The methods of a path in the order of the alphabet; empty where there is nothing at it.
     *
     * @param path without a query
     */
    Set<String> of(String path) {
        Set<String> methods = new TreeSet<>();
        routes().forEach((method, paths) -> {
            RequestMatch<String> match = paths.map(path);
            if (match != null && match.remaining.isEmpty()) {
                methods.add(method);
            }
        });
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    /** Read when first asked for, once there is something to serve; twice does no harm. */
    private Map<String, RequestMapper<String>> routes() {
        if (byMethod.isEmpty()) {
            byMethod = read();
        }
        return byMethod;
    }

    private static Map<String, RequestMapper<String>> read() {
        Map<String, ArrayList<RequestPath<String>>> paths = new TreeMap<>();
        resources()
                .forEach(resource -> {
                    String template = template(resource);
                    paths.computeIfAbsent(resource.getHttpMethod(), _ -> new ArrayList<>())
                            .add(
                                    new RequestPath<>(
                                            false, new URITemplate(template, false), template));
                });
        return paths.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> new RequestMapper<>(entry.getValue())));
    }

    /** A method without a path of its own has that of its class. */
    private static String template(RuntimeResource resource) {
        String ofMethod = resource.getPath().template;
        return resource.getClassPath().template + (ofMethod.equals("/") ? "" : ofMethod);
    }

    private static Stream<RuntimeResource> resources() {
        return ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers().stream()
                .map(path -> path.value)
                .map((RestInitialHandler.InitialMatch match) -> match.handlers)
                .flatMap(Stream::of)
                .filter(ClassRoutingHandler.class::isInstance)
                .map(ClassRoutingHandler.class::cast)
                .flatMap(handler -> handler.getMappers().values().stream())
                .flatMap(mapper -> mapper.getTemplates().stream())
                .map(path -> path.value)
                .filter(resource -> resource.getHttpMethod() != null)
                .distinct();
    }
}
