package io.trekpoint.lanes.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What verifies tokens. Immutable. */
public sealed interface TokenKey {
    /**
     * One public key.
     *
     * @param text its PEM
     * @param key RSA of at least 2048 bits, or of an elliptic curve
     */
    record Pem(String text, PublicKey key) implements TokenKey {}

    /**
     * The keys at an address, as a JSON Web Key Set.
     *
     * @param address {@code https}, or {@code http} on this machine
     */
    record KeySet(URI address) implements TokenKey {}

    /** What is in the file that each gateway is given, PEM or JSON Web Key Set. */
    record InFile() implements TokenKey {}

    /**
     * Reads a key.
     *
     * @param text a PEM that begins {@code -----BEGIN PUBLIC KEY-----}, an address, or {@code file}
     * @return empty where it is none of them
     */
    static Optional<TokenKey> of(String text) {
        if (text.equals(Parsing.FILE)) {
            return Optional.of(new InFile());
        }
        return text.startsWith(Parsing.BEGIN) ? Parsing.pem(text) : Parsing.keySet(text);
    }

    /**
     * Whether a key is one to trust a token by: RSA of at least 2048 bits, or an elliptic curve.
     */
    static boolean mayVerify(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= Parsing.LEAST_RSA_BITS;
            case ECPublicKey _ -> true;
            default -> false;
        };
    }

    /** Whether tokens signed so can be verified; of a key set or file only its content tells. */
    default boolean fits(TokenAlgorithm algorithm) {
        return switch (this) {
            case Pem(_, PublicKey key) -> key.getAlgorithm().equals(algorithm.family());
            case KeySet _, InFile _ -> true;
        };
    }

    /** How they are told apart, and read. */
    final class Parsing {
        private static final String FILE = "file";
        private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
        private static final Pattern PEM =
                Pattern.compile(BEGIN + "([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
        private static final int LEAST_RSA_BITS = 2048;
        private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

        private Parsing() {}

        private static Optional<TokenKey> pem(String text) {
            Matcher pem = PEM.matcher(text);
            if (!pem.matches()) {
                return Optional.empty();
            }
            try {
                byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
                return key(encoded).filter(TokenKey::mayVerify).map(key -> new Pem(text, key));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static Optional<PublicKey> key(byte[] encoded) {
            for (String family : List.of("RSA", "EC")) {
                try {
                    X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
                    return Optional.of(KeyFactory.getInstance(family).generatePublic(spec));
                } catch (GeneralSecurityException e) {
                    // Then it is one of the other family, or none.
                }
            }
            return Optional.empty();
        }

        private static Optional<TokenKey> keySet(String text) {
            try {
                URI address = new URI(text);
                boolean named =
                        address.getHost() != null
                                && address.getUserInfo() == null
                                && address.getFragment() == null;
                boolean safe =
                        "https".equals(address.getScheme())
                                || ("http".equals(address.getScheme())
                                        && THIS_MACHINE.contains(address.getHost()));
                return named && safe ? Optional.of(new KeySet(address)) : Optional.empty();
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }
}
