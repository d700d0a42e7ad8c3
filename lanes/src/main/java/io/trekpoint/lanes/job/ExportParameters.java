package io.trekpoint.lanes.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an {@code export} job is asked to do.
 *
 * @param to the format of its output
 */
public record ExportParameters(Target to) {
    /** The job type. */
    public static final String TYPE = "export";

    /** The formats an export can have. */
    public enum Target {
        /** GeoJSON after RFC 7946. */
        GEOJSON,
        /** GPX 1.1. */
        GPX11,
        /** KML 2.2. */
        KML;

        /** Its name in requests: {@code geojson}, {@code gpx11}, {@code kml}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The target of that name; empty where there is none. */
        public static Optional<Target> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(target -> target.label().equals(label))
                    .findFirst();
        }
    }

    /** As a JSON object: equal parameters have equal text. */
    public String toJson() {
        return "{\"to\":\"" + to.label() + "\"}";
    }
}
