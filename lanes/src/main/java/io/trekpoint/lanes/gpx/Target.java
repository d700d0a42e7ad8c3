package io.trekpoint.lanes.gpx;

/** The formats a file can be written in. */
public enum Target {
    /** GeoJSON after RFC 7946. */
    GEOJSON,
    /** KML 2.2 with gx:Track. */
    KML,
    /** Training Center XML, version 2. */
    TCX,
    /** One line per point. */
    CSV,
    /** GPX 1.1. */
    GPX11,
    /** Encoded polyline, one line per segment. */
    POLYLINE
}
