package io.trekpoint.worker.gpx.document;

/**
 * A planned line.
 *
 * @param about its words
 * @param points its points, in order
 */
public record Route(About about, Points points) {}
