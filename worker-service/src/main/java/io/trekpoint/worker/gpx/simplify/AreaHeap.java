package io.trekpoint.worker.gpx.simplify;

import java.util.Arrays;
import java.util.BitSet;

/** The points that may go, the smallest area first; of equal ones, the first in line. */
final class AreaHeap {

    private static final int ABSENT = -1;

    private final double[] areas;
    private final int[] heap;
    private final int[] places;
    private int size;

    /**
     * All points but the fixed ones.
     *
     * @param areas of each point; changed only through {@link #change}
     */
    AreaHeap(double[] areas, BitSet fixed) {
        this.areas = areas;
        heap = new int[areas.length];
        places = new int[areas.length];
        Arrays.fill(places, ABSENT);
        for (int i = fixed.nextClearBit(0); i < areas.length; i = fixed.nextClearBit(i + 1)) {
            put(i, size++);
        }
        for (int place = size / 2 - 1; place >= 0; place--) {
            down(place);
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
        int last = heap[--size];
        places[first] = ABSENT;
        if (size > 0) {
            put(last, 0);
            down(0);
        }
        return first;
    }

    void change(int point, double area) {
        areas[point] = area;
        up(places[point]);
        down(places[point]);
    }

    private boolean less(int one, int other) {
        return areas[one] < areas[other] || (areas[one] == areas[other] && one < other);
    }

    private void put(int point, int place) {
        heap[place] = point;
        places[point] = place;
    }

    private void up(int from) {
        int place = from;
        int point = heap[place];
        while (place > 0 && less(point, heap[(place - 1) >>> 1])) {
            put(heap[(place - 1) >>> 1], place);
            place = (place - 1) >>> 1;
        }
        put(point, place);
    }

    private void down(int from) {
        int place = from;
        int point = heap[place];
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && less(heap[child + 1], heap[child])) {
                child++;
            }
            if (!less(heap[child], point)) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(point, place);
    }
}
