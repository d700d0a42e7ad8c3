package io.trekpoint.control.auth;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
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
        return known().id();
    }

    /**
     * Asks for a higher role than the method itself, for a part of what it does.
     *
     * @throws ProblemException 403 where the client does not have it
     */
    public void require(Role role) {
        if (!known().has(role)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "This takes the role " + role.label() + ".");
        }
    }

    /**
     * The client; empty where the method is unguarded, and where it lets a browser in while no
     * control state was ever known.
     */
    public Optional<Client> client() {
        return Optional.ofNullable(client);
    }

    private Client known() {
        return client().orElseThrow(
                        () -> new IllegalStateException("an unguarded method has no caller"));
    }
}
