package io.trekpoint.api.gateway;

import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.mirror.ControlState;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one request, filled in by the filters in their order: request id, then the
 * control state it goes by and its caller, then what the limits said.
 */
@RequestScoped
public class Call {
    private String requestId = "";
    private ControlState control = ControlState.UNKNOWN;
    private @Nullable Client client;
    private @Nullable Decision decision;

    /** The identity of the request; empty before the first filter. */
    public String requestId() {
        return requestId;
    }

    void requestId(String id) {
        requestId = id;
    }

    /** The control state this request goes by from beginning to end. */
    public ControlState control() {
        return control;
    }

    /** Who calls. Only where authentication has let the request through. */
    public Client client() {
        if (client == null) {
            throw new IllegalStateException("asked for the caller of an unauthenticated request");
        }
        return client;
    }

    /** Notes who calls, and the control state that said so. */
    public void authenticated(ControlState state, Client caller) {
        control = state;
        client = caller;
    }

    /** What the limits said; empty before they were asked. */
    public Optional<Decision> decision() {
        return Optional.ofNullable(decision);
    }

    /** Notes what the limits said. */
    public void decided(Decision made) {
        decision = made;
    }
}
