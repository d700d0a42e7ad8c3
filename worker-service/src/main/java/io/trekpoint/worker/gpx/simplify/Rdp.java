package io.trekpoint.worker.gpx.simplify;

import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.worker.gpx.measure.Leg;
import io.trekpoint.worker.gpx.measure.Shape;
import io.trekpoint.worker.gpx.read.GpxLimits;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Ramer, Douglas and Peucker: of each stretch the point furthest from the straight leg stays, and
 * parts it in two. A line made to be furthest at its ends would cost the square of its points: once
 * more has been looked at than any honest line needs, stretches are parted in the middle instead,
 * which costs some points and never the tolerance.
 */
final class Rdp {

    private static final long LOOKS_PER_POINT = 100;
    private static final int CHECK_EVERY = 1 << 16;

    /** A stretch between two points that stay, its furthest point and how far that is. */
    private record Stretch(int from, int to, int furthest, double distance) {}

    private final Shape shape;
    private final Kept kept;
    private final GpxLimits limits;
    private final Leg leg = new Leg();
    private long looks;
    private long nextCheck = CHECK_EVERY;

    Rdp(Shape shape, Kept kept, GpxLimits limits) {
        this.shape = shape;
        this.kept = kept;
        this.limits = limits;
    }

    void run(Simplifying wanted) {
        if (wanted.maxPoints().isPresent()) {
            upTo(wanted.maxPoints().getAsInt());
        } else {
            within(wanted.toleranceM().orElseThrow());
        }
    }

    /** Keeps points until nothing left out is further than the tolerance. */
    void within(double tolerance) {
        var open = new ArrayDeque<Stretch>();
        eachStretch(open::push);
        while (!open.isEmpty()) {
            var stretch = open.pop();
            if (stretch.distance() > tolerance) {
                part(stretch, open::push);
            }
        }
    }

    /** Keeps the points that matter most. */
    private void upTo(int most) {
        var open = new PriorityQueue<>(Comparator.comparingDouble(Stretch::distance).reversed());
        eachStretch(open::add);
        for (int count = kept.points().cardinality(); count < most && !open.isEmpty(); count++) {
            part(open.remove(), open::add);
        }
    }

    private interface Found {
        void take(Stretch stretch);
    }

    private void eachStretch(Found found) {
        for (int from = kept.points().nextSetBit(0); from >= 0; ) {
            int to = kept.points().nextSetBit(from + 1);
            if (to > from + 1 && kept.joined(to)) {
                found.take(measured(from, to));
            }
            from = to;
        }
    }

    private void part(Stretch stretch, Found found) {
        boolean tooMuch = looks > LOOKS_PER_POINT * kept.size();
        int middle = tooMuch ? (stretch.from() + stretch.to()) >>> 1 : stretch.furthest();
        kept.points().set(middle);
        if (middle > stretch.from() + 1) {
            found.take(measured(stretch.from(), middle));
        }
        if (stretch.to() > middle + 1) {
            found.take(measured(middle, stretch.to()));
        }
    }

    private Stretch measured(int from, int to) {
        shape.span(leg, from, to);
        int furthest = from + 1;
        double distance = -1;
        for (int i = from + 1; i < to; i++) {
            double off = shape.distance(leg, i);
            if (off > distance) {
                distance = off;
                furthest = i;
            }
        }
        looks += to - from;
        if (looks > nextCheck) {
            nextCheck = looks + CHECK_EVERY;
            limits.check();
        }
        return new Stretch(from, to, furthest, distance);
    }
}
