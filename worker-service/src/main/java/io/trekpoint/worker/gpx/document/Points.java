package io.trekpoint.worker.gpx.document;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points as growing columns of primitives. A column exists only once one of its points has a value;
 * so a bare point costs 16 bytes. Only the reader appends; everyone else reads. Not safe for use by
 * several threads while it grows.
 */
public final class Points {

    /** The time of a point that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final int FIRST_CAPACITY = 64;

    private int size;
    private double[] lat = {};
    private double[] lon = {};
    private long @Nullable [] time;
    private final Map<Channel, double[]> readings = new EnumMap<>(Channel.class);
    private About @Nullable [] about;

    /** No points yet. */
    public Points() {}

    /**
     * Appends a point without time or readings; they are set on it afterwards.
     *
     * @param latitude degrees north, -90 to 90
     * @param longitude degrees east, -180 to 180
     */
    public void add(double latitude, double longitude) {
        if (size == lat.length) {
            grow(Math.max(FIRST_CAPACITY, size + (size >> 1)));
        }
        lat[size] = latitude;
        lon[size] = longitude;
        size++;
    }

    /**
     * Sets the time of the last point.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
     */
    public void setTime(long epochMillis) {
        if (time == null) {
            time = new long[lat.length];
            Arrays.fill(time, NO_TIME);
        }
        time[size - 1] = epochMillis;
    }

    /**
     * Sets a reading of the last point.
     *
     * @param channel which reading
     * @param value the reading in the channel's unit
     */
    public void set(Channel channel, double value) {
        var column = readings.computeIfAbsent(channel, absent -> nothing(lat.length));
        column[size - 1] = value;
    }

    /**
     * Sets the words of the last point.
     *
     * @param words what is said about it
     */
    public void setAbout(About words) {
        if (about == null) {
            about = new About[lat.length];
        }
        about[size - 1] = words;
    }

    private static double[] nothing(int capacity) {
        var column = new double[capacity];
        Arrays.fill(column, Double.NaN);
        return column;
    }

    private void grow(int capacity) {
        lat = Arrays.copyOf(lat, capacity);
        lon = Arrays.copyOf(lon, capacity);
        if (time != null) {
            time = Arrays.copyOf(time, capacity);
            Arrays.fill(time, size, capacity, NO_TIME);
        }
        readings.replaceAll((channel, column) -> {
            var grown = Arrays.copyOf(column, capacity);
            Arrays.fill(grown, size, capacity, Double.NaN);
            return grown;
        });
        if (about != null) {
            about = Arrays.copyOf(about, capacity);
        }
    }

    /**
     * The number of points.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * Latitude of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return degrees north
     */
    public double lat(int i) {
        return lat[i];
    }

    /**
     * Longitude of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return degrees east
     */
    public double lon(int i) {
        return lon[i];
    }

    /**
     * Time of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return epoch milliseconds, or {@link #NO_TIME}
     */
    public long time(int i) {
        return time == null ? NO_TIME : time[i];
    }

    /**
     * A reading of a point.
     *
     * @param channel which reading
     * @param i index, 0 to {@code size() - 1}
     * @return the reading in the channel's unit, or NaN
     */
    public double get(Channel channel, int i) {
        var column = readings.get(channel);
        return column == null ? Double.NaN : column[i];
    }

    /**
     * The words of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return what is said about it, {@link About#NOTHING} where nothing is
     */
    public About about(int i) {
        var words = about == null ? null : about[i];
        return words == null ? About.NOTHING : words;
    }

    /**
     * Whether some point has a time.
     *
     * @return false where {@link #time} is {@link #NO_TIME} throughout
     */
    public boolean hasTimes() {
        return time != null;
    }

    /**
     * Whether some point has a reading of a kind.
     *
     * @param channel which reading
     * @return false where {@link #get} is NaN throughout
     */
    public boolean has(Channel channel) {
        return readings.containsKey(channel);
    }
}
