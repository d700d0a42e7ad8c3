package io.trekpoint.control.state;

import io.trekpoint.lanes.guard.StatusView.ControlStateView;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Says on every answer which control state this service goes by: {@code Trek-Revision}, {@code
 * Trek-Source} and {@code Trek-Age} in seconds.
 */
final class StateHeadersFilter {
    private final Mirror mirror;

    StateHeadersFilter(Mirror mirror) {
        this.mirror = mirror;
    }

    @ServerResponseFilter
    void label(ContainerRequestContext request, ContainerResponseContext response) {
        ControlStateView state = mirror.status();
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Trek-Revision", state.revision());
        headers.putSingle("Trek-Source", state.source());
        headers.putSingle("Trek-Age", state.ageSeconds());
    }
}
