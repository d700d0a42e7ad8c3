package io.trekpoint.control.auth;

import io.trekpoint.lanes.client.Client;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The client whose key came with the request. */
@RequestScoped
public class Caller {
    private @Nullable Client client;

    void identify(Client known) {
        client = known;
    }

    /** The client's id. */
    public String id() {
        if (client == null) {
            throw new IllegalStateException("an unguarded method has no caller");
        }
        return client.id();
    }
}
