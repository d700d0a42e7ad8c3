package io.trekpoint.api.gateway;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as limits tell addresses apart: an IPv4 address, or the first
 * 64 bits of an IPv6 address, as one household or machine has all of the rest to itself.
 *
 * @param text such as {@code 192.0.2.7} or {@code 2001:db8:0:0::/64}
 */
public record Address(String text) {
    private static final int NETWORK_BYTES = 8;
    private static final int DIGEST_BYTES = 16;

    /** Where all requests come from whose address is not known, as of a domain socket. */
    static final Address UNKNOWN = new Address("unknown");

    /** The address of the other end of a connection, or what a trusted proxy said it is. */
    public static Address of(@Nullable SocketAddress remote) {
        String host = remote == null ? null : remote.hostAddress();
        if (host == null) {
            return UNKNOWN;
        }
        InetAddress address = InetAddress.ofLiteral(host);
        return address instanceof Inet6Address
                ? new Address(network(address.getAddress()))
                : new Address(address.getHostAddress());
    }

    /** What stands for it where it is stored or logged: an address is about a person. */
    String digest() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String network(byte[] address) {
        String digits = HexFormat.of().formatHex(Arrays.copyOf(address, NETWORK_BYTES));
        return String.join(":", digits.split("(?<=\\G.{4})")) + "::/64";
    }
}
