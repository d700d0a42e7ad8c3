package io.trekpoint.control.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.UnreadableException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to a client, alone or among other changes. What makes a key is done alone, since
 * the key is shown once.
 */
@Singleton
public final class ClientSteps {
    private final Mirror mirror;

    ClientSteps(Mirror mirror) {
        this.mirror = mirror;
    }

    /**
     * Gives it another name, tier and roles.
     *
     * @param at where the request says so, such as {@code client.}; empty at its top
     * @throws ProblemException 422 naming the field that is wrong
     */
    public Step put(
            String id,
            String at,
            String name,
            String tier,
            List<String> roles,
            Precondition precondition) {
        Grants grants = Grants.of(at, tier, roles, false);
        return step(
                id,
                edit(
                        id,
                        precondition,
                        client -> {
                            if (client.browser() && !grants.roles().equals(client.roles())) {
                                throw ProblemException.invalid(
                                        ProblemType.INVALID_VALUE,
                                        at + "roles",
                                        "must be reader alone: a browser's key lies open");
                            }
                            return client.described(name, grants.tier(), grants.roles());
                        }));
    }

    /** Refuses every key of it from now on, for good; one that is revoked is left alone. */
    public Step revoke(String id) {
        return step(
                id,
                (stored, change) -> {
                    Client client = stored(id, stored).value();
                    return client.revoked()
                            ? Optional.empty()
                            : Optional.of(encode(client.revoke(), change));
                });
    }

    /** Another form of one that is not revoked; null for a precondition where there is none. */
    Edit edit(String id, @Nullable Precondition precondition, UnaryOperator<Client> next) {
        return (stored, change) -> {
            Entry<Client> present = stored(id, stored);
            if (precondition != null) {
                precondition.check(OptionalLong.of(present.lastChange().revision()), true);
            }
            Client client = present.value();
            if (client.revoked()) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "The client is revoked for good: make another one.");
            }
            Client after = next.apply(client);
            return after.equals(client) ? Optional.empty() : Optional.of(encode(after, change));
        };
    }

    /** A stored form as a client; empty where it cannot be read. */
    static Optional<Entry<Client>> read(String id, JsonNode form) {
        try {
            return Optional.of(EntryCodec.decodeClient(id, form));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no client " + id + ".");
    }

    /** One whose stored form is broken is known by its last good value. */
    private Entry<Client> stored(String id, Optional<JsonNode> stored) {
        JsonNode form = stored.orElseThrow(() -> unknown(id));
        return read(id, form)
                .or(() -> Optional.ofNullable(mirror.current().state().clients().get(id)))
                .orElseThrow(() ->
                        new ProblemException(
                                ProblemType.CONFLICT, "What is stored of it cannot be read."));
    }

    private static Step step(String id, Edit edit) {
        return new Step(new EntryKey(Kind.CLIENT, id), edit);
    }

    private static JsonNode encode(Client after, LastChange change) {
        return EntryCodec.encodeClient(new Entry<>(after, change));
    }
}
