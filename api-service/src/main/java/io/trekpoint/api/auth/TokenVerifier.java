package io.trekpoint.api.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.trekpoint.api.gateway.Caller;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Verifies tokens by one set of rules and keys, and tells whom they speak of. Issuer, audience,
 * algorithm, signature and {@code exp} have to be right. Thread-safe.
 */
final class TokenVerifier {
    private static final int LONGEST_TOKEN = 8_192;
    private static final int LONGEST_NAME = 100;
    private static final int ID_BYTES = 16;

    private final TokenRules rules;
    private final String keys;
    private final JWTParser parser;

    /**
     * Prepares.
     *
     * @param keys a public key as PEM, or a JSON Web Key Set
     */
    TokenVerifier(TokenRules rules, String keys) {
        this.rules = rules;
        this.keys = keys;
        JWTAuthContextInfo context = new JWTAuthContextInfo();
        context.setPublicKeyContent(keys);
        context.setIssuedBy(rules.issuer());
        context.setExpectedAudience(Set.of(rules.audience()));
        context.setSignatureAlgorithm(
                Set.of(SignatureAlgorithm.fromAlgorithm(rules.algorithm().name())));
        context.setClockSkew((int) rules.leeway().toSeconds());
        context.setRequiredClaims(Set.of("sub", "exp"));
        this.parser = new DefaultJWTParser(context);
    }

    /** Whether it goes by these. */
    boolean goesBy(TokenRules otherRules, String otherKeys) {
        return rules.equals(otherRules) && keys.equals(otherKeys);
    }

    /** Whom a token speaks of; empty where it is not right, whatever is wrong with it. */
    Optional<Caller> verify(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            return Optional.of(caller(parser.parse(token)));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** An unknown tier is the lowest, an unknown group is no role. */
    private Caller caller(JsonWebToken token) {
        String subject = token.getSubject();
        Tier tier =
                token.getClaim("tier") instanceof String label
                        ? Tier.ofLabel(label).orElse(Tier.FREE)
                        : Tier.FREE;
        Set<Role> roles = EnumSet.noneOf(Role.class);
        token.getGroups().forEach(group -> Role.ofLabel(group).ifPresent(roles::add));
        String name = subject.substring(0, Math.min(subject.length(), LONGEST_NAME));
        return Caller.ofToken(id(subject), name, tier, roles);
    }

    /** Never that of a client with an API key: those have no hyphen. */
    private String id(String subject) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (rules.issuer() + "\n" + subject)
                                            .getBytes(StandardCharsets.UTF_8));
            return "jwt-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
