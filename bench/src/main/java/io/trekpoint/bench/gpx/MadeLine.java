package io.trekpoint.bench.gpx;

import io.trekpoint.worker.gpx.document.Points;

/** Lines that are thinned out: an honest one, and some that were made to take long. */
enum MadeLine {
    /** A walk. */
    WALK("a walk") {
        @Override
        Points points(int count) {
            var points = new Points();
            var walk = new Walk();
            for (int i = 0; i < count; i++, walk.step()) {
                points.add(walk.lat / 1e7, walk.lon / 1e7);
            }
            return points;
        }
    },
    /** All triangles are alike and nothing sticks out: every point goes, one after the other. */
    STRAIGHT("a straight line") {
        @Override
        Points points(int count) {
            var points = new Points();
            for (int i = 0; i < count; i++) {
                points.add(0, 10.0 * i / count);
            }
            return points;
        }
    },
    /** The furthest point is always the next one: stretches are parted at their very end. */
    SHRINKING("a shrinking zigzag") {
        @Override
        Points points(int count) {
            var points = new Points();
            for (int i = 0; i < count; i++) {
                double swing = 0.5 * (count - i) / count;
                points.add(i % 2 == 0 ? swing : -swing, 10.0 * i / count);
            }
            return points;
        }
    },
    /** Round and round, outwards. */
    SPIRAL("a spiral") {
        @Override
        Points points(int count) {
            var points = new Points();
            for (int i = 0; i < count; i++) {
                double radius = 0.5 * i / count;
                double angle = i / 50.0;
                points.add(radius * Math.sin(angle), radius * Math.cos(angle));
            }
            return points;
        }
    };

    private final String label;

    MadeLine(String label) {
        this.label = label;
    }

    /** What it is, in some words. */
    String label() {
        return label;
    }

    abstract Points points(int count);
}
