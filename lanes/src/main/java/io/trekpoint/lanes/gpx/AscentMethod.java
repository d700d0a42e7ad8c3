package io.trekpoint.lanes.gpx;

/** How ascent and descent are got from elevations. */
public enum AscentMethod {
    /** Every rise and fall between neighbouring points. */
    RAW,
    /** Elevations smoothed .3/.4/.3 as gpxpy 1.5.0 does, then every rise and fall. */
    GPXPY,
    /** Between turning points; a turn counts once the elevation has come back by a threshold. */
    HYSTERESIS
}
