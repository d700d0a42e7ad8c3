package io.trekpoint.worker.gpx.document;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Points as growing columns of primitives. A column exists only once one of its points has a value;
 * so a bare point costs 16 bytes. Only the reader appends; everyone else reads. Not safe for use by
 * several threads while it grows.
 */
public final class Points {

    /** The time of a point that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** The first millisecond of the year 0000, before which no time is written. */
    public static final long FIRST_TIME = -62_167_219_200_000L;

    /** The last millisecond of the year 9999, after which no time is written. */
    public static final long LAST_TIME = 253_402_300_799_999L;

    private static final int FIRST_CAPACITY = 64;
    private static final Channel[] CHANNELS = Channel.values();

    private Positions positions = new Positions();

    /** Shorter than the line where its last points have no time; so is the next one. */
    private long @Nullable [] time;

    private final @Nullable Column[] readings = new @Nullable Column[CHANNELS.length];
    private About @Nullable [] about;
    private @Nullable String extensions;

    /** No points yet. */
    public Points() {}

    /**
     * Appends a point without time or readings; they are set on it afterwards.
     *
     * @param latitude degrees north, -90 to 90
     * @param longitude degrees east, -180 to 180
     */
    public void add(double latitude, double longitude) {
        positions.add(latitude, longitude);
    }

    /**
     * Sets the time of the last point.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
     */
    public void setTime(long epochMillis) {
        int had = time == null ? 0 : time.length;
        if (time == null || had < size()) {
            time = time == null ? new long[capacity()] : Arrays.copyOf(time, capacity());
            Arrays.fill(time, had, time.length, NO_TIME);
        }
        time[size() - 1] = epochMillis;
    }

    /**
     * Sets a reading of the last point.
     *
     * @param channel which reading
     * @param value the reading in the channel's unit
     */
    public void set(Channel channel, double value) {
        var column = readings[place(channel)];
        if (column == null) {
            column = new Column();
            readings[place(channel)] = column;
        }
        column.set(size() - 1, value);
    }

    /**
     * Sets the words of the last point.
     *
     * @param words what is said about it
     */
    public void setAbout(About words) {
        if (about == null) {
            about = new About[capacity()];
        } else if (about.length < size()) {
            about = Arrays.copyOf(about, capacity());
        }
        about[size() - 1] = words;
    }

    /**
     * Appends a point of another line with all that is known of it.
     *
     * @param source the other line
     * @param row index there
     */
    public void addFrom(Points source, int row) {
        add(source.lat(row), source.lon(row));
        if (source.time(row) != NO_TIME) {
            setTime(source.time(row));
        }
        for (var channel : CHANNELS) {
            double value = source.get(channel, row);
            if (!Double.isNaN(value)) {
                set(channel, value);
            }
        }
        if (!source.about(row).equals(About.NOTHING)) {
            setAbout(source.about(row));
        }
    }

    /**
     * A line of some points of this one, with what is said of the line itself.
     *
     * @param from index of the first
     * @param to index after the last
     */
    public Points part(int from, int to) {
        var part = new Points();
        part.extensions = extensions;
        part.positions = positions.part(from, to);
        if (time != null) {
            part.time = timed(IntStream.range(from, to).mapToLong(this::time).toArray());
        }
        for (int channel = 0; channel < readings.length; channel++) {
            var column = readings[channel] == null ? null : readings[channel].part(from, to);
            part.readings[channel] = column == null || column.isEmpty() ? null : column;
        }
        if (about != null && from < about.length) {
            part.about = Arrays.copyOfRange(about, from, Math.min(to, about.length));
        }
        return part;
    }

    /** A column of times; none at all where no point has one. */
    private static long @Nullable [] timed(long[] times) {
        return Arrays.stream(times).allMatch(time -> time == NO_TIME) ? null : times;
    }

    /**
     * The same line without some columns; what stays is shared, not copied, so that neither may
     * grow any more.
     *
     * @param gone which columns go
     */
    public Points without(Columns gone) {
        var rest = new Points();
        rest.positions = positions;
        rest.time = gone.times() ? null : time;
        for (var channel : CHANNELS) {
            if (!gone.channels().contains(channel)) {
                rest.readings[place(channel)] = readings[place(channel)];
            }
        }
        rest.about = about;
        rest.extensions = extensions;
        if (gone.extensions()) {
            rest.extensions = null;
            rest.about = withoutExtensions(about);
        }
        return rest;
    }

    private static About @Nullable [] withoutExtensions(About @Nullable [] about) {
        if (about == null) {
            return null;
        }
        var plain = about.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = about[i] == null ? null : about[i].withoutExtensions();
        }
        return plain;
    }

    /**
     * The same line with its coordinates rounded; the other columns are shared, so that neither may
     * grow any more.
     *
     * @param decimals of a degree, 0 to 7
     */
    public Points rounded(int decimals) {
        double scale = Math.pow(10, decimals);
        var round = without(new Columns(Set.of(), false, false));
        // Adding 0 makes a negative zero a plain one.
        round.positions = positions.each(degrees -> Math.rint(degrees * scale) / scale + 0.0);
        return round;
    }

    /**
     * The same line at other times; the other columns are shared, so that neither may grow any
     * more. A time that would leave the years 0000 to 9999 goes.
     *
     * @param millis how much later, negative for earlier; less than 2^62
     */
    public Points shifted(long millis) {
        var later = without(new Columns(Set.of(), false, false));
        if (time != null) {
            later.time = timed(Arrays.stream(time).map(each -> shifted(each, millis)).toArray());
        }
        return later;
    }

    private static long shifted(long time, long millis) {
        long later = time == NO_TIME ? NO_TIME : time + millis;
        return later >= FIRST_TIME && later <= LAST_TIME ? later : NO_TIME;
    }

    /** How many points have a time. */
    public int timeCount() {
        return time == null ? 0 : (int) Arrays.stream(time).filter(t -> t != NO_TIME).count();
    }

    /**
     * Says of the line itself what others have said in words of their own.
     *
     * @param text as {@link About#extensions}
     */
    public void setExtensions(@Nullable String text) {
        extensions = text;
    }

    /** What others have said of the line itself, as {@link About#extensions}. */
    public @Nullable String extensions() {
        return extensions;
    }

    /** Rows of a column of objects or times that takes in the last point. */
    private int capacity() {
        return Math.max(FIRST_CAPACITY, size() + (size() >> 1));
    }

    /**
     * The number of points.
     *
     * @return 0 or more
     */
    public int size() {
        return positions.size();
    }

    /**
     * Latitude of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return degrees north
     */
    public double lat(int i) {
        return positions.lat(i);
    }

    /**
     * Longitude of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return degrees east
     */
    public double lon(int i) {
        return positions.lon(i);
    }

    /**
     * Time of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return epoch milliseconds, or {@link #NO_TIME}
     */
    public long time(int i) {
        return time == null || i >= time.length ? NO_TIME : time[i];
    }

    /**
     * A reading of a point.
     *
     * @param channel which reading
     * @param i index, 0 to {@code size() - 1}
     * @return the reading in the channel's unit, or NaN
     */
    public double get(Channel channel, int i) {
        var column = readings[place(channel)];
        return column == null ? Double.NaN : column.get(i);
    }

    /**
     * The words of a point.
     *
     * @param i index, 0 to {@code size() - 1}
     * @return what is said about it, {@link About#NOTHING} where nothing is
     */
    public About about(int i) {
        var words = about == null || i >= about.length ? null : about[i];
        return words == null ? About.NOTHING : words;
    }

    /** Where the column of a channel is kept: in this object alone, never stored or written. */
    @SuppressWarnings("EnumOrdinal")
    private static int place(Channel channel) {
        return channel.ordinal();
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
        return readings[place(channel)] != null;
    }
}
