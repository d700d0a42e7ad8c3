package io.trekpoint.control.client;

import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Write;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A client together with its new key, which is known at no other time.
 *
 * @param client the client, with the hash of its secret
 * @param key the key
 */
record KeyedClient(Client client, ApiKey key) {
    static List<KeyedClient> create(List<InitRequest.NewClient> asked, String environment) {
        SecureRandom random = new SecureRandom();
        List<KeyedClient> clients = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String at = "clients[" + i + "].";
            clients.add(create(asked.get(i), at, ApiKey.generate(environment, random)));
        }
        return clients;
    }

    Write write(LastChange change) {
        return new Write(
                Kind.CLIENT, client.id(), EntryCodec.encodeClient(new Entry<>(client, change)));
    }

    InitAnswer.CreatedClient show() {
        return new InitAnswer.CreatedClient(
                client.id(),
                client.name(),
                client.tier().label(),
                client.roles().stream().sorted().map(Role::label).toList(),
                key.reveal());
    }

    static KeyedClient create(String name, Grants grants, boolean browser, String environment) {
        return create(name, grants, browser, ApiKey.generate(environment, new SecureRandom()));
    }

    private static KeyedClient create(InitRequest.NewClient asked, String at, ApiKey key) {
        Grants grants = Grants.of(at, asked.tier(), asked.roles(), asked.browser());
        return create(asked.name(), grants, asked.browser(), key);
    }

    private static KeyedClient create(String name, Grants grants, boolean browser, ApiKey key) {
        return new KeyedClient(
                new Client(
                        key.id(),
                        name,
                        grants.tier(),
                        grants.roles(),
                        List.of(key.secretHash()),
                        null,
                        false,
                        browser),
                key);
    }
}
