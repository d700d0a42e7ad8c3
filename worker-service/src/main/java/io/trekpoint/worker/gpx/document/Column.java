package io.trekpoint.worker.gpx.document;

import java.util.Arrays;

/**
 * A growing column of numbers of which many rows may have none. A number costs 8 bytes and a row an
 * eighth of one and a half, so that one reading among a million points is no column of a million.
 * Only the last row is set; reading a row takes the same time whatever came before. Not safe for
 * use by several threads while it grows.
 */
final class Column {
    private static final int FIRST_CAPACITY = 16;

    /** A bit for each row that has a number. */
    private long[] present = {};

    /** How many numbers come before each 64 rows. */
    private int[] before = {};

    private double[] values = {};
    private int words;
    private int count;

    /** No numbers yet. */
    Column() {}

    /**
     * Sets the number of a row.
     *
     * @param row the last one set, or a later one
     */
    void set(int row, double value) {
        int word = row >> 6;
        reach(word);
        long bit = 1L << row;
        if ((present[word] & bit) != 0) {
            values[count - 1] = value;
            return;
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.max(FIRST_CAPACITY, count + (count >> 1)));
        }
        present[word] |= bit;
        values[count++] = value;
    }

    private void reach(int word) {
        if (word >= present.length) {
            int capacity = Math.max(word + 1, present.length + (present.length >> 1));
            present = Arrays.copyOf(present, capacity);
            before = Arrays.copyOf(before, capacity);
        }
        while (words <= word) {
            before[words++] = count;
        }
    }

    /** The number of a row; NaN where it has none. */
    double get(int row) {
        int word = row >> 6;
        if (word >= words) {
            return Double.NaN;
        }
        long bits = present[word];
        long bit = 1L << row;
        return (bits & bit) == 0
                ? Double.NaN
                : values[before[word] + Long.bitCount(bits & (bit - 1))];
    }

    /** The rows from one to before another, as a column of their own. */
    Column part(int from, int to) {
        var part = new Column();
        for (int row = from; row < to; row++) {
            double value = get(row);
            if (!Double.isNaN(value)) {
                part.set(row - from, value);
            }
        }
        return part;
    }

    /** Whether no row has a number. */
    boolean isEmpty() {
        return count == 0;
    }
}
