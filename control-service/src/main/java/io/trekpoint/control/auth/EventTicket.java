package io.trekpoint.control.auth;

import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.ControlState;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an {@code EventSource} shows instead of a key, since a browser lets it send no headers:
 * {@code <client id>.<HMAC-SHA256 of what it is for, under the stored hash of a secret>}. It stands
 * in a URL, so it opens the event stream and nothing else, and tells nothing of the key. It holds
 * as long as the secret it was made from, at every replica, and ends with it.
 */
public final class EventTicket {
    static final String PARAMETER = "ticket";
    private static final String PURPOSE = "ofrep-events";
    private static final String ALGORITHM = "HmacSHA256";

    private EventTicket() {}

    /** The ticket of a client, the same at each call. */
    public static String of(Client client) {
        return client.id() + "." + seal(client.secretHashes().getFirst());
    }

    /** Whose ticket it is; empty where it is nobody's, or its client was revoked. */
    static Optional<Client> holder(String ticket, ControlState state, Instant now) {
        int dot = ticket.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : state.client(ticket.substring(0, dot))
                        .filter(client -> !client.revoked())
                        .filter(client -> isSealedBy(client, ticket.substring(dot + 1), now));
    }

    private static boolean isSealedBy(Client client, String shown, Instant now) {
        byte[] seal = shown.getBytes(StandardCharsets.UTF_8);
        return client.liveSecrets(now).stream()
                .anyMatch(hash ->
                        MessageDigest.isEqual(seal(hash).getBytes(StandardCharsets.UTF_8), seal));
    }

    private static String seal(String secretHash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secretHash.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
