package io.trekpoint.api.limit;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Third: charges the request, once it is known who calls. Methods that have something to begin
 * meanwhile, or charge more than a request, do so themselves.
 */
@Provider
@LimitFilter.RateLimited
@Priority(Priorities.AUTHORIZATION + 100)
public class LimitFilter implements ContainerRequestFilter {
    /** Charges one request to its caller's rate limit before the method runs. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    public @interface RateLimited {}

    private final Charging charging;

    LimitFilter(Charging charging) {
        this.charging = charging;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        charging.request();
    }
}
