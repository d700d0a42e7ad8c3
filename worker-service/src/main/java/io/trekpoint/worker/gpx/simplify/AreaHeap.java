package io.trekpoint.worker.gpx.simplify;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The points that may go, the smallest area first; of equal ones, the first in line. Each place has
 * four children, and its area beside it: what is compared lies close together in memory.
 */
final class AreaHeap {

    private static final int ABSENT = -1;
    private static final int CHILDREN = 4;

    private final double[] areas;
    private final int[] heap;
    private final int[] places;
    private int size;

    /** The area of the point at each place. */
    private final double[] keys;

    /**
     * All points but the fixed ones.
     *
     * @param areas of each point; changed only through {@link #change}
     */
    AreaHeap(double[] areas, BitSet fixed) {
        this.areas = areas;
        heap = new int[areas.length];
        keys = new double[areas.length];
        places = new int[areas.length];
        Arrays.fill(places, ABSENT);
        for (int i = fixed.nextClearBit(0); i < areas.length; i = fixed.nextClearBit(i + 1)) {
            put(i, areas[i], size++);
        }
        for (int place = (size - 2) / CHILDREN; place >= 0 && size > 1; place--) {
            down(heap[place], keys[place], place);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int point) {
        return places[point] != ABSENT;
    }

    /** Takes the first point out. */
    int remove() {
        int first = heap[0];
        size--;
        places[first] = ABSENT;
        if (size > 0) {
            down(heap[size], keys[size], 0);
        }
        return first;
    }

    void change(int point, double area) {
        areas[point] = area;
        up(point, area, places[point]);
        down(point, area, places[point]);
    }

    private static boolean less(double area, int point, double other, int otherPoint) {
        return area < other || (area == other && point < otherPoint);
    }

    private void put(int point, double area, int place) {
        heap[place] = point;
        keys[place] = area;
        places[point] = place;
    }

    private void up(int point, double area, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / CHILDREN;
            if (!less(area, point, keys[parent], heap[parent])) {
                break;
            }
            put(heap[parent], keys[parent], place);
            place = parent;
        }
        put(point, area, place);
    }

    private void down(int point, double area, int from) {
        int place = from;
        while (true) {
            int first = CHILDREN * place + 1;
            if (first >= size) {
                break;
            }
            int least = leastOf(first, Math.min(first + CHILDREN, size));
            if (!less(keys[least], heap[least], area, point)) {
                break;
            }
            put(heap[least], keys[least], place);
            place = least;
        }
        put(point, area, place);
    }

    private int leastOf(int from, int to) {
        int least = from;
        for (int place = from + 1; place < to; place++) {
            if (less(keys[place], heap[place], keys[least], heap[least])) {
                least = place;
            }
        }
        return least;
    }
}
