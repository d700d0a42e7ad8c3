package io.trekpoint.worker.gpx.edit;

import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.edit.Cutter.Fate;
import io.trekpoint.worker.gpx.measure.Steps;

/** Where a split cuts. */
final class Splits {

    private Splits() {}

    /** A judge of all track points of one file, in order. */
    static Cutter.Judge judge(EditOp.Split split) {
        return switch (split) {
            case EditOp.SplitAtIndex(int index) -> new AtIndex(index);
            case EditOp.SplitAtTime(var time) -> new AtTime(time.toEpochMilli());
            case EditOp.SplitAtGap(double gapS) ->
                    (line, i) -> cut(i > 0 && gap(line, i) > gapS * 1000);
            case EditOp.SplitAtDistance(double distanceM) -> new AtDistance(distanceM);
        };
    }

    private static Fate cut(boolean here) {
        return here ? Fate.PARTED : Fate.JOINED;
    }

    private static double gap(Points line, int i) {
        boolean timed = line.time(i) != Points.NO_TIME && line.time(i - 1) != Points.NO_TIME;
        return timed ? line.time(i) - line.time(i - 1) : 0;
    }

    private static final class AtIndex implements Cutter.Judge {
        private final int index;
        private int seen;

        AtIndex(int index) {
            this.index = index;
        }

        @Override
        public Fate of(Points line, int i) {
            return cut(seen++ == index);
        }
    }

    /** Cuts a line once: before the first point that has reached the moment after one before it. */
    private static final class AtTime implements Cutter.Judge {
        private final long moment;
        private boolean early;

        AtTime(long moment) {
            this.moment = moment;
        }

        @Override
        public Fate of(Points line, int i) {
            early &= i > 0;
            if (line.time(i) == Points.NO_TIME) {
                return Fate.JOINED;
            }
            boolean crossed = early && line.time(i) >= moment;
            early = line.time(i) < moment;
            return cut(crossed);
        }
    }

    private static final class AtDistance implements Cutter.Judge {
        private final double distanceM;
        private Steps steps = new Steps();
        private double cutAt;

        AtDistance(double distanceM) {
            this.distanceM = distanceM;
        }

        @Override
        public Fate of(Points line, int i) {
            if (i == 0) {
                steps = new Steps();
                cutAt = 0;
            }
            double covered = steps.to(line, i);
            if (covered - cutAt < distanceM) {
                return Fate.JOINED;
            }
            cutAt = covered;
            return Fate.PARTED;
        }
    }
}
