package io.trekpoint.worker.gpx.profile;

import io.trekpoint.worker.gpx.document.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines as they look on a small map, north up, fitted into a square. Longitudes are followed across
 * the dateline; places closer than half a pixel to the last are passed over.
 *
 * @param side of the square in pixels
 * @param lines of each line x and y by turns, in pixels with one decimal, y downwards
 */
record Thumbnail(int side, List<double[]> lines) {

    private static final double MARGIN = 4;
    private static final double CLOSE = 0.5;

    static Thumbnail of(List<Points> all, int side) {
        var lines = all.stream().filter(line -> line.size() > 1).toList();
        var frame = new Frame(side);
        var unrolled = new ArrayList<double[]>();
        double reference = lines.isEmpty() ? 0 : lines.getFirst().lon(0);
        for (var line : lines) {
            unrolled.add(frame.unroll(line, reference));
        }
        var drawn = new ArrayList<double[]>();
        for (int i = 0; i < lines.size(); i++) {
            drawn.add(frame.draw(lines.get(i), unrolled.get(i)));
        }
        return new Thumbnail(side, List.copyOf(drawn));
    }

    /** What is in the picture. */
    private static final class Frame {
        private final int side;
        private double west = Double.POSITIVE_INFINITY;
        private double east = Double.NEGATIVE_INFINITY;
        private double south = Double.POSITIVE_INFINITY;
        private double north = Double.NEGATIVE_INFINITY;

        Frame(int side) {
            this.side = side;
        }

        /** Longitudes without jumps, the first within half a turn of the reference. */
        double[] unroll(Points line, double reference) {
            var lons = new double[line.size()];
            double before = reference;
            for (int i = 0; i < lons.length; i++) {
                lons[i] = before + Math.IEEEremainder(line.lon(i) - before, 360);
                before = lons[i];
                west = Math.min(west, lons[i]);
                east = Math.max(east, lons[i]);
                south = Math.min(south, line.lat(i));
                north = Math.max(north, line.lat(i));
            }
            return lons;
        }

        double[] draw(Points line, double[] lons) {
            double narrow = Math.max(0.01, Math.cos(Math.toRadians((south + north) / 2)));
            double wide = (east - west) * narrow;
            double extent = Math.max(Math.max(wide, north - south), 1e-9);
            double room = Math.max(1, side - 2 * Math.min(MARGIN, side / 4.0));
            double scale = room / extent;
            double left = (side - wide * scale) / 2;
            double top = (side - (north - south) * scale) / 2;
            var drawn = new double[2 * line.size()];
            int count = 0;
            for (int i = 0; i < line.size(); i++) {
                double x = left + (lons[i] - west) * narrow * scale;
                double y = top + (north - line.lat(i)) * scale;
                boolean last = i == line.size() - 1;
                if (count == 0 || last || far(drawn, count, x, y)) {
                    drawn[count++] = Math.rint(x * 10) / 10;
                    drawn[count++] = Math.rint(y * 10) / 10;
                }
            }
            return Arrays.copyOf(drawn, count);
        }

        private static boolean far(double[] drawn, int count, double x, double y) {
            return Math.hypot(x - drawn[count - 2], y - drawn[count - 1]) >= CLOSE;
        }
    }
}
