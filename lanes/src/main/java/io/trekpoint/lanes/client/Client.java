package io.trekpoint.lanes.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the product.
 *
 * @param id the id part of its keys
 * @param name for people
 * @param tier what it has subscribed to
 * @param roles what it may do at the control service; none for a plain client of the gateway
 * @param secretHashes SHA-256 of its secrets in lower-case hex: one, or two while it rotates, the
 *     newer one first
 * @param oldEndsAt when the older secret ends by itself; null where it does not, or there is none
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
        @Nullable Instant oldEndsAt,
        boolean revoked,
        boolean browser) {
    /** Whom an unknown key is held against, so that it is refused with the work of a known one. */
    public static final Client NOBODY =
            Client.of("", "nobody", Tier.FREE, Set.of(), "0".repeat(64));

    private static final int MOST_SECRETS = 2;
    private static final int SHORT = 8;

    /** As long as the hash of a secret, and none. */
    private static final String NO_SECRET = "-".repeat(64);

    /** Copies what it is given. */
    public Client {
        roles = Set.copyOf(roles);
        secretHashes = List.copyOf(secretHashes);
        if (secretHashes.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("a client has two secrets at most");
        }
        if (oldEndsAt != null && secretHashes.size() < MOST_SECRETS) {
            throw new IllegalArgumentException("there is no older secret to end");
        }
        if (browser && !roles.equals(Set.of(Role.READER))) {
            throw new IllegalArgumentException("a browser's client is a reader and nothing more");
        }
    }

    /** A client with one secret. */
    public static Client of(String id, String name, Tier tier, Set<Role> roles, String secretHash) {
        return new Client(id, name, tier, roles, List.of(secretHash), null, false, false);
    }

    /** What names a secret to people, its hash not given away: the hash's first eight digits. */
    public static String secretId(String secretHash) {
        return secretHash.substring(0, Math.min(SHORT, secretHash.length()));
    }

    /**
     * Whether this key opens the door. Takes as long for a wrong secret as for a right one, and for
     * a client with one secret as for one with two.
     *
     * @param now by the clock of the service that is asked
     */
    public boolean accepts(ApiKey key, Instant now) {
        return accepts(key, now, MessageDigest::isEqual);
    }

    /**
     * The same.
     *
     * @param equal tells whether two hashes are the same, in a time that does not depend on where
     *     they differ. Asked as often whatever the answer, or that would tell how many secrets
     *     there are, and which clients
     */
    boolean accepts(ApiKey key, Instant now, BiPredicate<byte[], byte[]> equal) {
        byte[] shown = key.secretHash().getBytes(StandardCharsets.US_ASCII);
        List<String> live = liveSecrets(now);
        boolean known = false;
        for (int n = 0; n < MOST_SECRETS; n++) {
            String hash = n < live.size() ? live.get(n) : NO_SECRET;
            known |= equal.test(hash.getBytes(StandardCharsets.US_ASCII), shown);
        }
        return known && key.id().equals(id) && !revoked;
    }

    /** Whether one of its roles includes that one. */
    public boolean has(Role role) {
        return roles.stream().anyMatch(own -> own.includes(role));
    }

    /** The hashes of the secrets that have not ended, the newer one first. */
    public List<String> liveSecrets(Instant now) {
        return oldEndsAt != null && !now.isBefore(oldEndsAt)
                ? List.of(secretHashes.getFirst())
                : secretHashes;
    }

    /**
     * The same with a new secret beside its present one.
     *
     * @param endsAt when the present one ends by itself; null where it does not
     * @throws IllegalArgumentException when it has two already
     */
    public Client rotated(String secretHash, @Nullable Instant endsAt, Instant now) {
        List<String> live = liveSecrets(now);
        if (live.size() == MOST_SECRETS) {
            throw new IllegalArgumentException("it rotates already");
        }
        return new Client(
                id,
                name,
                tier,
                roles,
                List.of(secretHash, live.getFirst()),
                endsAt,
                revoked,
                browser);
    }

    /** The same with its newer secret alone. */
    public Client retired() {
        return new Client(
                id, name, tier, roles, List.of(secretHashes.getFirst()), null, revoked, browser);
    }

    /** The same, refused from now on. */
    public Client revoke() {
        return new Client(id, name, tier, roles, secretHashes, oldEndsAt, true, browser);
    }

    /** The same by another name, tier and roles. */
    public Client described(String otherName, Tier otherTier, Set<Role> otherRoles) {
        return new Client(
                id, otherName, otherTier, otherRoles, secretHashes, oldEndsAt, revoked, browser);
    }
}
