package io.trekpoint.lanes.gpx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The job types that work on GPX. */
public enum GpxType {
    /** Normalised GPX 1.1 and its numbers. */
    IMPORT,
    /** Whether a file keeps the rules of its version. */
    VALIDATE,
    /** The numbers. */
    STATS,
    /** Another format. */
    CONVERT,
    /** Made private, thinned out and written; counts toward the monthly quota. */
    EXPORT,
    /** Fewer points. */
    SIMPLIFY,
    /** Split, merged, turned, cropped, shifted, stripped. */
    EDIT,
    /** Without what others must not see. */
    PRIVACY,
    /** The elevation profile and a thumbnail. */
    PROFILE;

    /** Its name in requests and job records: {@code import}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that name; empty where there is none. */
    public static Optional<GpxType> ofLabel(String label) {
        return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
    }

    /** The names of all types, for people. */
    public static String labels() {
        return Arrays.stream(values()).map(GpxType::label).collect(Collectors.joining(", "));
    }
}
