package io.trekpoint.worker.gpx;

import java.util.Optional;

/** What a GPX file can be exported to. */
public enum ExportFormat {
    /** GeoJSON, RFC 7946. */
    GEOJSON("geojson", "application/geo+json", "geojson"),
    /** GPX 1.1. */
    GPX11("gpx11", "application/gpx+xml", "gpx"),
    /** KML 2.2. */
    KML("kml", "application/vnd.google-earth.kml+xml", "kml");

    private final String token;
    private final String mediaType;
    private final String extension;

    ExportFormat(String token, String mediaType, String extension) {
        this.token = token;
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /**
     * The format behind a job's {@code to} parameter.
     *
     * @param token what the client asked for
     * @return the format, empty where there is none of that name
     */
    public static Optional<ExportFormat> of(String token) {
        for (var format : values()) {
            if (format.token.equals(token)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * The word clients use.
     *
     * @return letters and digits in lower case
     */
    public String token() {
        return token;
    }

    /**
     * The output's media type.
     *
     * @return type and subtype, without parameters
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * How a file of this format is named.
     *
     * @return the end of the name, without its point
     */
    public String extension() {
        return extension;
    }
}
