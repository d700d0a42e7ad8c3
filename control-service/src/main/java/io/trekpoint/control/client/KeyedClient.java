package io.trekpoint.control.client;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.ApiKey;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Write;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
            String field = "clients[" + i + "]";
            clients.add(create(asked.get(i), field, ApiKey.generate(environment, random)));
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

    private static KeyedClient create(InitRequest.NewClient asked, String field, ApiKey key) {
        Tier tier =
                Tier.ofLabel(asked.tier())
                        .orElseThrow(() ->
                                ProblemException.invalid(
                                        ProblemType.INVALID_VALUE,
                                        field + ".tier",
                                        "must be free, pro or partner"));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : asked.roles()) {
            roles.add(
                    Role.ofLabel(role)
                            .orElseThrow(() ->
                                    ProblemException.invalid(
                                            ProblemType.INVALID_VALUE,
                                            field + ".roles",
                                            "must be of reader, viewer, operator, admin")));
        }
        if (asked.browser() && !roles.equals(Set.of(Role.READER))) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_VALUE,
                    field + ".roles",
                    "must be reader alone: a browser's key lies open");
        }
        return new KeyedClient(
                new Client(
                        key.id(),
                        asked.name(),
                        tier,
                        roles,
                        List.of(key.secretHash()),
                        false,
                        asked.browser()),
                key);
    }
}
