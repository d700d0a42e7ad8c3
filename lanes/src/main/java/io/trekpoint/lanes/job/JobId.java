package io.trekpoint.lanes.job;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * The identity of a job, which names the shard it lives in. Opaque to clients.
 *
 * @param shard the shard, from 0
 * @param text {@code <shard>-<20 base62 characters>}
 */
public record JobId(int shard, String text) {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 20;

    /** Bytes that come down to one text almost always: eight of 256 are not used. */
    private static final int DRAWN = 24;

    /** Below it every character comes up equally often. */
    private static final int FAIR = 256 - 256 % ALPHABET.length();

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new identity in a shard; 119 random bits. */
    public static JobId random(int shard) {
        return new JobId(shard, shard + "-" + randomText());
    }

    /** A fresh random text of the same strength as an identity, for tokens. */
    static String randomText() {
        StringBuilder text = new StringBuilder(RANDOM_LENGTH);
        // Many bytes at once: each draw costs a lock and a digest, however few it is of.
        byte[] drawn = new byte[DRAWN];
        while (text.length() < RANDOM_LENGTH) {
            RANDOM.nextBytes(drawn);
            for (byte one : drawn) {
                int number = Byte.toUnsignedInt(one);
                if (number < FAIR && text.length() < RANDOM_LENGTH) {
                    text.append(ALPHABET.charAt(number % ALPHABET.length()));
                }
            }
        }
        return text.toString();
    }

    /**
     * Reads an identity.
     *
     * @param text as a client sent it
     * @param shards how many shards there are
     * @return empty unless the text has the form of an identity in one of the shards
     */
    public static Optional<JobId> parse(String text, int shards) {
        int dash = text.indexOf('-');
        if (dash < 1 || dash > 4 || text.length() != dash + 1 + RANDOM_LENGTH) {
            return Optional.empty();
        }
        int shard = 0;
        for (int i = 0; i < dash; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            shard = shard * 10 + (c - '0');
        }
        boolean canonical = text.startsWith(shard + "-");
        return canonical && isRandom(text, dash + 1) && shard < shards
                ? Optional.of(new JobId(shard, text))
                : Optional.empty();
    }

    private static boolean isRandom(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
