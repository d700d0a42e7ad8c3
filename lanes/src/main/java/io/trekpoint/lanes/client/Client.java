package io.trekpoint.lanes.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Who may call the product.
 *
 * @param id the id part of its keys
 * @param name for people
 * @param tier what it has subscribed to
 * @param roles what it may do at the control service; none for a plain client of the gateway
 * @param secretHashes SHA-256 of its live secrets in lower-case hex: one, or two while it rotates
 * @param revoked whether every key of it is refused
 * @param browser whether its keys lie open in the pages of browsers: such a client reads flags that
 *     are marked public, and nothing else
 */
public record Client(
        String id,
        String name,
        Tier tier,
        Set<Role> roles,
        List<String> secretHashes,
        boolean revoked,
        boolean browser) {
    private static final int MOST_SECRETS = 2;

    /** Copies what it is given. */
    public Client {
        roles = Set.copyOf(roles);
        secretHashes = List.copyOf(secretHashes);
        if (secretHashes.isEmpty() || secretHashes.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("a client has one or two secrets");
        }
        if (browser && !roles.equals(Set.of(Role.READER))) {
            throw new IllegalArgumentException("a browser's client is a reader and nothing more");
        }
    }

    /** Whether this key opens the door. Takes as long for a wrong secret as for a right one. */
    public boolean accepts(ApiKey key) {
        byte[] shown = key.secretHash().getBytes(StandardCharsets.US_ASCII);
        boolean known = false;
        for (String hash : secretHashes) {
            known |= MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII), shown);
        }
        return known && key.id().equals(id) && !revoked;
    }

    /** Whether one of its roles includes that one. */
    public boolean has(Role role) {
        return roles.stream().anyMatch(own -> own.includes(role));
    }
}
