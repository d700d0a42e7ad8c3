package io.trekpoint.worker.gpx.simplify;

import java.util.BitSet;

/**
 * Which points stay, of lines numbered through.
 *
 * @param points the points that stay; grows or shrinks as an algorithm goes on
 * @param starts the first point of each line
 * @param size how many points there are
 */
record Kept(BitSet points, BitSet starts, int size) {

    /** Whether a leg may lead from one point that stays to the next. */
    boolean joined(int next) {
        return !starts.get(next);
    }
}
