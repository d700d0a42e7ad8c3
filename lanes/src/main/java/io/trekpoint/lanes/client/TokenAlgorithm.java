package io.trekpoint.lanes.client;

import java.util.Arrays;
import java.util.Optional;

/** How a token is signed: with a private key alone, so that whoever verifies cannot sign. */
public enum TokenAlgorithm {
    /** RSA with PKCS #1 and SHA-256. */
    RS256("RSA"),
    /** RSA with PKCS #1 and SHA-384. */
    RS384("RSA"),
    /** RSA with PKCS #1 and SHA-512. */
    RS512("RSA"),
    /** RSA with PSS and SHA-256. */
    PS256("RSA"),
    /** RSA with PSS and SHA-384. */
    PS384("RSA"),
    /** RSA with PSS and SHA-512. */
    PS512("RSA"),
    /** The curve P-256 and SHA-256. */
    ES256("EC"),
    /** The curve P-384 and SHA-384. */
    ES384("EC"),
    /** The curve P-521 and SHA-512. */
    ES512("EC");

    private final String family;

    TokenAlgorithm(String family) {
        this.family = family;
    }

    /** The algorithm of that name; empty where there is none. */
    public static Optional<TokenAlgorithm> of(String name) {
        return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
    }

    /** The family of its keys: {@code RSA} or {@code EC}. */
    String family() {
        return family;
    }
}
