package io.trekpoint.api.auth;

import io.trekpoint.lanes.client.TokenKey;
import java.io.IOException;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** A JSON Web Key Set as text, from wherever it came. */
final class JsonKeySet {
    private JsonKeySet() {}

    /**
     * Passes on what verifies tokens, and stops what only looks like it: a page that says when its
     * server will be back, a file that is half written, a set out of which every key is gone.
     *
     * @throws IOException where it is no key set, or holds no public key that may verify
     */
    static String checked(String text) throws IOException {
        try {
            boolean usable =
                    new JsonWebKeySet(text)
                            .getJsonWebKeys().stream()
                                    .filter(PublicJsonWebKey.class::isInstance)
                                    .map(key -> ((PublicJsonWebKey) key).getPublicKey())
                                    .anyMatch(TokenKey::mayVerify);
            if (!usable) {
                throw new IOException("no public key of the set is one that may verify");
            }
            return text;
        } catch (JoseException e) {
            throw new IOException("it is no key set", e);
        }
    }
}
