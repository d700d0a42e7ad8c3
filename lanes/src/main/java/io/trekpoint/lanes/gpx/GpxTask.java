package io.trekpoint.lanes.gpx;

import java.util.List;
import java.util.Optional;

/** What a GPX job is asked to do. Each kind is a job type of the gateway. */
public sealed interface GpxTask {
    /** How the input is read. */
    ReadingMode mode();

    /** Its job type. */
    default GpxType type() {
        return switch (this) {
            case Import _ -> GpxType.IMPORT;
            case Validate _ -> GpxType.VALIDATE;
            case Stats _ -> GpxType.STATS;
            case Convert _ -> GpxType.CONVERT;
            case Export _ -> GpxType.EXPORT;
            case Simplify _ -> GpxType.SIMPLIFY;
            case Edit _ -> GpxType.EDIT;
            case MakePrivate _ -> GpxType.PRIVACY;
            case Profile _ -> GpxType.PROFILE;
        };
    }

    /**
     * {@code import}: normalised GPX 1.1 and its numbers.
     *
     * @param prefer which lines are kept, as tracks, where the file has several kinds; empty for
     *     all as they are
     */
    record Import(ReadingMode mode, Optional<Lines> prefer) implements GpxTask {}

    /**
     * {@code validate}: whether the file keeps the rules of a version, and where it does not.
     *
     * @param version whose rules; empty for the one the file states
     */
    record Validate(Optional<Version> version) implements GpxTask {
        @Override
        public ReadingMode mode() {
            return ReadingMode.LENIENT;
        }
    }

    /** {@code stats}: the numbers. */
    record Stats(ReadingMode mode, Measuring measuring) implements GpxTask {}

    /** {@code convert}: the file in another format. */
    record Convert(ReadingMode mode, Writing writing) implements GpxTask {}

    /** {@code export}: made private, then simplified, then written; counts toward the quota. */
    record Export(
            ReadingMode mode,
            Optional<Privacy> privacy,
            Optional<Simplifying> simplifying,
            Writing writing)
            implements GpxTask {}

    /** {@code simplify}: GPX 1.1 with fewer points. */
    record Simplify(ReadingMode mode, Simplifying simplifying) implements GpxTask {}

    /**
     * {@code edit}: GPX 1.1 after some steps. The only type with several inputs.
     *
     * @param ops at least one, at most 20
     */
    record Edit(ReadingMode mode, List<EditOp> ops) implements GpxTask {
        /** Whether several inputs become one, so that several may be given. */
        public boolean merges() {
            return ops.contains(new EditOp.Merge());
        }
    }

    /** {@code privacy}: GPX 1.1 without what others must not see. */
    record MakePrivate(ReadingMode mode, Privacy privacy) implements GpxTask {}

    /**
     * {@code profile}: the elevation profile, and a thumbnail of the line.
     *
     * @param width pixels, 16 to 4 096
     * @param height pixels, 16 to 4 096
     * @param smoothingM metres of track an elevation is averaged over, 0 for none
     * @param form how it is drawn
     */
    record Profile(ReadingMode mode, int width, int height, double smoothingM, Form form)
            implements GpxTask {
        /** How a profile is given. */
        public enum Form {
            /** A drawing. */
            SVG,
            /** Its numbers. */
            JSON
        }
    }

    /** Kinds of lines. */
    enum Lines {
        /** Tracks. */
        TRK,
        /** Routes. */
        RTE,
        /** Waypoints, in order, as one line. */
        WPT
    }

    /** Versions of GPX. */
    enum Version {
        /** 1.0. */
        V1_0,
        /** 1.1. */
        V1_1
    }
}
