package io.trekpoint.lanes.flag.rule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** MurmurHash3, x86, 32 bits, seed 0, by which flagd splits. */
final class Murmur3 {
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    /** The hash of a text's UTF-8, without a sign. */
    static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int hash = 0;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            hash ^= mixed((int) INTS.get(bytes, i));
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        }
        int rest = 0;
        for (int i = bytes.length - 1; i >= whole; i--) {
            rest = (rest << 8) | (bytes[i] & 0xff);
        }
        hash ^= mixed(rest);
        hash ^= bytes.length;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Integer.toUnsignedLong(hash ^ (hash >>> 16));
    }

    private static int mixed(int part) {
        return Integer.rotateLeft(part * C1, 15) * C2;
    }
}
