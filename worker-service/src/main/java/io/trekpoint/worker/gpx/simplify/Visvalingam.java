package io.trekpoint.worker.gpx.simplify;

import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.worker.gpx.measure.Leg;
import io.trekpoint.worker.gpx.measure.Shape;
import io.trekpoint.worker.gpx.read.GpxLimits;

/**
 * Visvalingam and Whyatt: the point that makes the smallest triangle with its neighbours goes
 * first. With a tolerance, a point goes only while what has gone around it stays within the
 * tolerance of the leg that replaces it; that is kept as an upper bound, and made sure of at the
 * end.
 */
final class Visvalingam {

    private static final int CHECK_EVERY = 1 << 14;

    private final Shape shape;
    private final Kept kept;
    private final GpxLimits limits;
    private final Leg leg = new Leg();
    private final int[] before;
    private final int[] after;
    private final double[] areas;

    /** Of the leg that begins at a point: how far what it replaced may be from it. */
    private final double[] errors;

    private final AreaHeap heap;

    Visvalingam(Shape shape, Kept kept, GpxLimits limits) {
        this.shape = shape;
        this.kept = kept;
        this.limits = limits;
        int size = shape.size();
        before = new int[size];
        after = new int[size];
        areas = new double[size];
        errors = new double[size];
        for (int i = 0; i < size; i++) {
            before[i] = i - 1;
            after[i] = i + 1;
        }
        var fixed = kept.points();
        for (int i = 0; i < size; i++) {
            if (!fixed.get(i)) {
                areas[i] = shape.area(i - 1, i, i + 1);
            }
        }
        heap = new AreaHeap(areas, fixed);
    }

    void run(Simplifying wanted) {
        boolean counted = wanted.maxPoints().isPresent();
        double tolerance = wanted.toleranceM().orElse(Double.POSITIVE_INFINITY);
        int most = wanted.maxPoints().orElse(0);
        int count = shape.size();
        kept.points().set(0, shape.size());
        for (int rounds = 1; !heap.isEmpty() && count > most; rounds++) {
            if (rounds % CHECK_EVERY == 0) {
                limits.check();
            }
            int point = heap.remove();
            if (remove(point, tolerance)) {
                count--;
            }
        }
        if (!counted) {
            new Rdp(shape, kept, limits).within(tolerance);
        }
    }

    private boolean remove(int point, double tolerance) {
        int left = before[point];
        int right = after[point];
        shape.span(leg, left, right);
        double error = Math.max(errors[left], errors[point]) + shape.distance(leg, point);
        if (error > tolerance) {
            return false;
        }
        kept.points().clear(point);
        after[left] = right;
        before[right] = left;
        errors[left] = error;
        double least = areas[point];
        update(left, least);
        update(right, least);
        return true;
    }

    /** A neighbour's triangle has changed; it never counts less than the one that went. */
    private void update(int point, double least) {
        if (heap.contains(point)) {
            double area = shape.area(before[point], point, after[point]);
            heap.change(point, Math.max(area, least));
        }
    }
}
