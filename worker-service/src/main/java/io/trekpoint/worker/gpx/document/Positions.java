package io.trekpoint.worker.gpx.document;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Latitudes and longitudes of a line, in blocks: a line of a million points grows without being
 * copied. 16 bytes for each. Not safe for use by several threads while it grows.
 */
final class Positions {
    private static final int BLOCK_BITS = 12;

    /** Points of a block. */
    private static final int BLOCK = 1 << BLOCK_BITS;

    /** Points of a first block that has not grown yet; most lines are short. */
    private static final int FIRST = 64;

    /** Each block holds latitude and longitude of its points by turns. */
    private double[][] blocks = {};

    private int size;

    void add(double latitude, double longitude) {
        int place = (size & (BLOCK - 1)) << 1;
        double[] block = place == 0 ? open() : blocks[size >> BLOCK_BITS];
        if (place == block.length) {
            block = Arrays.copyOf(block, 2 * place);
            blocks[size >> BLOCK_BITS] = block;
        }
        block[place] = latitude;
        block[place + 1] = longitude;
        size++;
    }

    private double[] open() {
        int index = size >> BLOCK_BITS;
        if (index == blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(1, 2 * index));
        }
        blocks[index] = new double[2 * (index == 0 ? FIRST : BLOCK)];
        return blocks[index];
    }

    int size() {
        return size;
    }

    double lat(int i) {
        return blocks[i >> BLOCK_BITS][(i & (BLOCK - 1)) << 1];
    }

    double lon(int i) {
        return blocks[i >> BLOCK_BITS][((i & (BLOCK - 1)) << 1) + 1];
    }

    /** The positions from one to before another. */
    Positions part(int from, int to) {
        var part = new Positions();
        for (int i = from; i < to; i++) {
            part.add(lat(i), lon(i));
        }
        return part;
    }

    /** The positions with something done to each coordinate. */
    Positions each(DoubleUnaryOperator change) {
        var changed = new Positions();
        for (int i = 0; i < size; i++) {
            changed.add(change.applyAsDouble(lat(i)), change.applyAsDouble(lon(i)));
        }
        return changed;
    }
}
