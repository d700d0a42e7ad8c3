package io.trekpoint.control.auth;

import io.trekpoint.lanes.client.Client;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
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
        return client().orElseThrow(
                        () -> new IllegalStateException("an unguarded method has no caller"))
                .id();
    }

    /**
     * The client; empty where the method is unguarded, and where it lets a browser in while no
     * control state was ever known.
     */
    public Optional<Client> client() {
        return Optional.ofNullable(client);
    }
}
