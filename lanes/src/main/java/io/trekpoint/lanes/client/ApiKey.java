package io.trekpoint.lanes.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as a client shows it: {@code trek_<env>_<id>_<secret>}, every part base62. The last
 * six characters of the secret are a CRC-32 of all before them, so a mistyped or cut key is told
 * apart from an unknown one without looking anything up. Immutable; its text form never shows the
 * secret.
 */
public final class ApiKey {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 12;
    private static final int RANDOM_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM =
            Pattern.compile("trek_(\\p{Alnum}{1,16})_(\\p{Alnum}{1,32})_(\\p{Alnum}{22,64})");

    private final String environment;
    private final String id;
    private final String secret;

    private ApiKey(String environment, String id, String secret) {
        this.environment = environment;
        this.id = id;
        this.secret = secret;
    }

    /**
     * Reads a key.
     *
     * @param text what a client sent
     * @return empty where the form or the checksum is wrong
     */
    public static Optional<ApiKey> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int checked = text.length() - CHECKSUM_LENGTH;
        return checksum(text.substring(0, checked)).equals(text.substring(checked))
                ? Optional.of(new ApiKey(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /**
     * Makes a new key with about 190 bits of secret.
     *
     * @param environment 1 to 16 base62 characters, such as {@code dev}
     * @param random a cryptographically secure source
     */
    public static ApiKey generate(String environment, RandomGenerator random) {
        return generate(environment, base62(ID_LENGTH, random), random);
    }

    /** Makes another key of a client that has its id already. */
    public static ApiKey generate(String environment, String id, RandomGenerator random) {
        String open = "trek_%s_%s_%s".formatted(environment, id, base62(RANDOM_LENGTH, random));
        return parse(open + checksum(open))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "an environment is 1 to 16 letters and digits, an id 1 to 32, not "
                                        + environment
                                        + " and "
                                        + id));
    }

    /** The environment the key was made for. */
    public String environment() {
        return environment;
    }

    /** The client's id: public, safe to log. */
    public String id() {
        return id;
    }

    /** The whole key, to be shown once to whom it belongs. */
    public String reveal() {
        return "trek_" + environment + "_" + id + "_" + secret;
    }

    /** What is stored of the secret: its SHA-256 in lower-case hex. */
    public String secretHash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "trek_" + environment + "_" + id + "_…";
    }

    private static String base62(int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return text.toString();
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
