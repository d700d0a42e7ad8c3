package io.trekpoint.lanes.gpx;

/** The formats a file can be written in. */
public enum Target {
    /** GeoJSON after RFC 7946. */
    GEOJSON("application/geo+json", "geojson"),
    /** KML 2.2 with gx:Track. */
    KML("application/vnd.google-earth.kml+xml", "kml"),
    /** Training Center XML, version 2. */
    TCX("application/vnd.garmin.tcx+xml", "tcx"),
    /** One row per point, RFC 4180. */
    CSV("text/csv", "csv"),
    /** GPX 1.1. */
    GPX11("application/gpx+xml", "gpx"),
    /** Encoded polylines, one line of text per segment. */
    POLYLINE("text/plain", "txt");

    private final String mediaType;
    private final String extension;

    Target(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** The media type of its files, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** How its files are named, without the point. */
    public String extension() {
        return extension;
    }
}
