package io.trekpoint.worker.gpx.profile;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.measure.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Elevations along the way: of all tracks, one after the other, or of the routes where there are no
 * tracks. Points without an elevation are passed over. Immutable.
 */
final class Relief {
    private final double[] distances;
    private final double[] elevations;
    private final double lengthM;

    private Relief(double[] distances, double[] elevations, double lengthM) {
        this.distances = distances;
        this.elevations = elevations;
        this.lengthM = lengthM;
    }

    /** The lines a profile is drawn of. */
    static List<Points> lines(GpxDocument document) {
        var lines = new ArrayList<Points>();
        document.tracks().forEach(track -> lines.addAll(track.segments()));
        if (lines.stream().allMatch(line -> line.size() == 0)) {
            document.routes().forEach(route -> lines.add(route.points()));
        }
        return lines;
    }

    /** The relief of lines. */
    static Relief of(List<Points> lines) {
        int size = lines.stream().mapToInt(Points::size).sum();
        var distances = new double[size];
        var elevations = new double[size];
        var steps = new Steps();
        double length = 0;
        int known = 0;
        for (var line : lines) {
            for (int i = 0; i < line.size(); i++) {
                length = steps.to(line, i);
                double ele = line.get(Channel.ELE, i);
                if (!Double.isNaN(ele)) {
                    distances[known] = length;
                    elevations[known++] = ele;
                }
            }
        }
        return new Relief(
                Arrays.copyOf(distances, known), Arrays.copyOf(elevations, known), length);
    }

    /** Each elevation as the mean of those within half the width before and after it. */
    Relief smoothed(double widthM) {
        if (widthM == 0) {
            return this;
        }
        var smooth = new double[elevations.length];
        double sum = 0;
        int from = 0;
        int to = 0;
        for (int i = 0; i < smooth.length; i++) {
            for (; to < smooth.length && distances[to] <= distances[i] + widthM / 2; to++) {
                sum += elevations[to];
            }
            for (; distances[from] < distances[i] - widthM / 2; from++) {
                sum -= elevations[from];
            }
            smooth[i] = sum / (to - from);
        }
        return new Relief(distances, smooth, lengthM);
    }

    /**
     * As many places as a drawing can show: of each column of pixels the first, the lowest, the
     * highest and the last, in order.
     */
    Relief thinned(int columns) {
        int size = elevations.length;
        if (size <= 4 * columns) {
            return this;
        }
        var indices = new int[4 * columns + 4];
        int count = 0;
        for (int from = 0; from < size; ) {
            int column = column(from, columns);
            int low = from;
            int high = from;
            int to = from;
            for (; to < size && column(to, columns) == column; to++) {
                low = elevations[to] < elevations[low] ? to : low;
                high = elevations[to] > elevations[high] ? to : high;
            }
            for (int i : new int[] {from, Math.min(low, high), Math.max(low, high), to - 1}) {
                if (count == 0 || indices[count - 1] != i) {
                    indices[count++] = i;
                }
            }
            from = to;
        }
        var thinDistances = new double[count];
        var thinElevations = new double[count];
        for (int i = 0; i < count; i++) {
            thinDistances[i] = distances[indices[i]];
            thinElevations[i] = elevations[indices[i]];
        }
        return new Relief(thinDistances, thinElevations, lengthM);
    }

    private int column(int i, int columns) {
        return lengthM == 0 ? 0 : (int) Math.min(columns - 1, distances[i] / lengthM * columns);
    }

    /** Metres from the start to a place. */
    double distanceM(int i) {
        return distances[i];
    }

    /** Metres of a place above the sea. */
    double elevationM(int i) {
        return elevations[i];
    }

    /** Metres of the whole way. */
    double lengthM() {
        return lengthM;
    }

    double lowest() {
        return Arrays.stream(elevations).min().orElse(Double.NaN);
    }

    double highest() {
        return Arrays.stream(elevations).max().orElse(Double.NaN);
    }

    int size() {
        return elevations.length;
    }
}
