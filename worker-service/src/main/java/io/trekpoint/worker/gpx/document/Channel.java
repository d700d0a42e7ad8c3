package io.trekpoint.worker.gpx.document;

/** A numeric reading that a point may carry beside its position and time. */
public enum Channel {
    /** Elevation in metres. */
    ELE(-15_000, 100_000),
    /** Heart rate in beats per minute. */
    HR(1, 300),
    /** Cadence in revolutions (or steps of one foot) per minute. */
    CAD(0, 500),
    /** Air temperature in degrees Celsius. */
    TEMP(-100, 100),
    /** Power in watts. */
    POWER(0, 10_000),
    /** Speed in metres per second, as the device reported it. */
    SPEED(0, 1_000),
    /** Direction of travel in degrees clockwise from true north. */
    COURSE(0, 360),
    /** Magnetic variation in degrees. */
    MAGVAR(0, 360),
    /** Height of the geoid above the WGS84 ellipsoid in metres. */
    GEOIDHEIGHT(-1_000, 1_000),
    /** Kind of fix: the code of a {@link Fix}. */
    FIX(0, 4),
    /** Satellites used; a whole number. */
    SAT(0, 1_000),
    /** Horizontal dilution of precision. */
    HDOP(0, 1e6),
    /** Vertical dilution of precision. */
    VDOP(0, 1e6),
    /** Position dilution of precision. */
    PDOP(0, 1e6),
    /** Seconds since the last differential correction. */
    AGE_OF_DGPS(0, 1e9),
    /** Differential correction station; a whole number. */
    DGPS_ID(0, 1023);

    private final double least;
    private final double greatest;

    Channel(double least, double greatest) {
        this.least = least;
        this.greatest = greatest;
    }

    /**
     * Whether a reading is one that can be believed. A reading outside is a sensor's or a program's
     * way to say "nothing" (elevation -32768) or nonsense.
     *
     * @param value the reading, in this channel's unit
     * @return whether the value is within this channel's range
     */
    public boolean accepts(double value) {
        boolean counted = this == SAT || this == DGPS_ID;
        return value >= least && value <= greatest && !(counted && value != Math.rint(value));
    }
}
