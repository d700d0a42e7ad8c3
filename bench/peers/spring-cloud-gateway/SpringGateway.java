import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Spring Cloud Gateway as a contender: one route, whose callers are known by their keys and limited
 * by the RequestRateLimiter on Redis. The keys that it takes are the lines of a file.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SpringGateway {
    public static void main(String[] args) {
        SpringApplication.run(SpringGateway.class, args);
    }

    @Bean
    KeyResolver keys(@Value("${bench.keys}") Path file) throws Exception {
        Set<String> known = Set.copyOf(Files.readAllLines(file));
        return exchange ->
                Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("X-API-Key"))
                        .filter(known::contains);
    }

    /** As large as ours: it admits everything. */
    @Bean
    RedisRateLimiter limiter() {
        return new RedisRateLimiter(100_000, 100_000);
    }

    @Bean
    RouteLocator routes(
            RouteLocatorBuilder routes,
            KeyResolver keys,
            RedisRateLimiter limiter,
            @Value("${bench.upstream}") String upstream) {
        return routes.routes()
                .route(
                        "upstream",
                        route ->
                                route.path("/**")
                                        .filters(filters ->
                                                filters.requestRateLimiter(config ->
                                                        config.setRateLimiter(limiter)
                                                                .setKeyResolver(keys)))
                                        .uri(upstream))
                .build();
    }
}
