package io.trekpoint.api.limit;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Third: charges the request, once it is known who calls. */
@Provider
@RateLimited
@Priority(Priorities.AUTHORIZATION + 100)
public class LimitFilter implements ContainerRequestFilter {
    private final Charging charging;

    LimitFilter(Charging charging) {
        this.charging = charging;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        charging.request();
    }
}
