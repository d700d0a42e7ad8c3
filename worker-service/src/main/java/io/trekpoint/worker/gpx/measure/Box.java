package io.trekpoint.worker.gpx.measure;

/**
 * The smallest box around something, in degrees. A box with {@code west > east} crosses the
 * dateline.
 *
 * @param west western edge, -180 to 180
 * @param south southern edge, -90 to 90
 * @param east eastern edge, -180 to 180
 * @param north northern edge, -90 to 90
 */
public record Box(double west, double south, double east, double north) {}
