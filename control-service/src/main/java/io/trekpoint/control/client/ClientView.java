package io.trekpoint.control.client;

import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client as administrators see it.
 *
 * @param id the id part of its keys
 * @param name for people
 * @param tier its tier
 * @param roles its roles
 * @param browser whether its keys lie open
 * @param revoked whether every key of it is refused
 * @param secrets one, or two while it rotates, the newer one first
 * @param revision at which it last changed
 * @param author who changed it last
 * @param reason why
 * @param changedAt when
 */
public record ClientView(
        String id,
        String name,
        String tier,
        List<String> roles,
        boolean browser,
        boolean revoked,
        List<Secret> secrets,
        long revision,
        String author,
        String reason,
        Instant changedAt) {

    /**
     * A secret.
     *
     * @param id the first eight digits of its SHA-256
     * @param endsAt when it ends by itself; absent where it does not
     */
    public record Secret(String id, @Nullable Instant endsAt) {}

    static ClientView of(Entry<Client> entry) {
        Client client = entry.value();
        List<Secret> secrets = new ArrayList<>();
        for (String hash : client.secretHashes()) {
            Instant endsAt = secrets.isEmpty() ? null : client.oldEndsAt();
            secrets.add(new Secret(Client.secretId(hash), endsAt));
        }
        return new ClientView(
                client.id(),
                client.name(),
                client.tier().label(),
                client.roles().stream().sorted().map(Role::label).toList(),
                client.browser(),
                client.revoked(),
                secrets,
                entry.lastChange().revision(),
                entry.lastChange().actor(),
                entry.lastChange().reason(),
                entry.lastChange().at());
    }
}
