package io.trekpoint.control.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Outcome;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.UnreadableException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Clients: read from the mirror, changed through the store. */
@Singleton
final class Clients {
    private final Mirror mirror;
    private final ControlStore store;
    private final InitConfig config;
    private final InstantSource clock;

    Clients(Mirror mirror, ControlStore store, InitConfig config, InstantSource clock) {
        this.mirror = mirror;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    ClientList list() {
        ControlState state = mirror.current().state();
        return new ClientList(
                state.head().revision(),
                state.clients().values().stream()
                        .map(ClientView::of)
                        .sorted(
                                Comparator.comparing(ClientView::name)
                                        .thenComparing(ClientView::id))
                        .toList());
    }

    ClientView get(String id) {
        return Optional.ofNullable(mirror.current().state().clients().get(id))
                .map(ClientView::of)
                .orElseThrow(() -> unknown(id));
    }

    /** Creates a client with its first key. */
    ClientKey create(String name, Grants grants, boolean browser, Intent by) {
        KeyedClient made = KeyedClient.create(name, grants, browser, config.keyEnvironment());
        Outcome outcome =
                store.change(
                        Kind.CLIENT,
                        made.client().id(),
                        by,
                        (_, change) -> Optional.of(made.write(change).value()));
        return keyed(made.client().id(), outcome, made.key());
    }

    /** Gives a client another name, tier and roles. */
    ClientChange describe(
            String id,
            String name,
            Grants grants,
            Precondition precondition,
            boolean dryRun,
            Intent by) {
        Edit edit =
                edit(
                        id,
                        precondition,
                        client -> {
                            if (client.browser() && !grants.roles().equals(client.roles())) {
                                throw ProblemException.invalid(
                                        ProblemType.INVALID_VALUE,
                                        "roles",
                                        "must be reader alone: a browser's key lies open");
                            }
                            return client.described(name, grants.tier(), grants.roles());
                        });
        Outcome outcome =
                dryRun
                        ? store.rehearse(Kind.CLIENT, id, by, edit)
                        : store.change(Kind.CLIENT, id, by, edit);
        return changed(id, outcome, dryRun);
    }

    /** Makes another key; the present one lives on until a time, or until it is retired. */
    ClientKey rotate(String id, @Nullable Instant oldEndsAt, Intent by) {
        Instant now = clock.instant();
        if (oldEndsAt != null && !oldEndsAt.isAfter(now)) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_VALUE, "oldEndsAt", "must be a time to come");
        }
        ApiKey key = ApiKey.generate(config.keyEnvironment(), id, new SecureRandom());
        Edit edit =
                edit(
                        id,
                        null,
                        client -> {
                            if (client.liveSecrets(now).size() > 1) {
                                throw new ProblemException(
                                        ProblemType.CONFLICT,
                                        "It has two live keys already: retire the older one first.");
                            }
                            return client.rotated(key.secretHash(), oldEndsAt, now);
                        });
        return keyed(id, store.change(Kind.CLIENT, id, by, edit), key);
    }

    /** Ends the older key of a rotation now. */
    ClientChange retire(String id, Intent by) {
        Edit edit = edit(id, null, Client::retired);
        return changed(id, store.change(Kind.CLIENT, id, by, edit), false);
    }

    /** Refuses every key of a client from now on, for good. */
    ClientChange revoke(String id, Intent by) {
        Edit edit =
                (stored, change) -> {
                    Client client = stored(id, stored).value();
                    return client.revoked()
                            ? Optional.empty()
                            : Optional.of(next(client.revoke(), change));
                };
        return changed(id, store.change(Kind.CLIENT, id, by, edit), false);
    }

    /** A change of a client that is not revoked; null for a precondition where there is none. */
    private Edit edit(String id, @Nullable Precondition precondition, UnaryOperator<Client> next) {
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
            return after.equals(client) ? Optional.empty() : Optional.of(next(after, change));
        };
    }

    private static JsonNode next(Client after, LastChange change) {
        return EntryCodec.encodeClient(new Entry<>(after, change));
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

    private static Optional<Entry<Client>> read(String id, JsonNode form) {
        try {
            return Optional.of(EntryCodec.decodeClient(id, form));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private static ClientKey keyed(String id, Outcome outcome, ApiKey key) {
        ClientView client = ClientView.of(EntryCodec.decodeClient(id, outcome.after()));
        return new ClientKey(outcome.revision(), client, key.reveal());
    }

    private static ClientChange changed(String id, Outcome outcome, boolean dryRun) {
        ClientView after = ClientView.of(EntryCodec.decodeClient(id, outcome.after()));
        ClientView before = read(id, outcome.before()).map(ClientView::of).orElse(null);
        return new ClientChange(
                outcome.revision(), dryRun, after, new ClientChange.Diff(before, after));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no client " + id + ".");
    }
}
