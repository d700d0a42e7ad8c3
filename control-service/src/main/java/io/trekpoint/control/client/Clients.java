package io.trekpoint.control.client;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.Edit;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Outcome;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clients: read from the mirror, changed through the store. */
@Singleton
final class Clients {
    private final Mirror mirror;
    private final ControlStore store;
    private final InitConfig config;
    private final InstantSource clock;
    private final ClientSteps steps;

    Clients(
            Mirror mirror,
            ControlStore store,
            InitConfig config,
            InstantSource clock,
            ClientSteps steps) {
        this.mirror = mirror;
        this.store = store;
        this.steps = steps;
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
                .orElseThrow(() -> ClientSteps.unknown(id));
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

    /** Changes a client in a way that makes no key. */
    ClientChange make(Step step, boolean dryRun, Intent by) {
        String id = step.entry().key();
        Outcome outcome =
                dryRun
                        ? store.rehearse(Kind.CLIENT, id, by, step.edit())
                        : store.change(Kind.CLIENT, id, by, step.edit());
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
                steps.edit(
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
        Edit edit = steps.edit(id, null, Client::retired);
        return changed(id, store.change(Kind.CLIENT, id, by, edit), false);
    }

    private static ClientKey keyed(String id, Outcome outcome, ApiKey key) {
        ClientView client = ClientView.of(EntryCodec.decodeClient(id, outcome.after()));
        return new ClientKey(outcome.revision(), client, key.reveal());
    }

    private static ClientChange changed(String id, Outcome outcome, boolean dryRun) {
        ClientView after = ClientView.of(EntryCodec.decodeClient(id, outcome.after()));
        ClientView before = ClientSteps.read(id, outcome.before()).map(ClientView::of).orElse(null);
        return new ClientChange(
                outcome.revision(), dryRun, after, new ClientChange.Diff(before, after));
    }
}
