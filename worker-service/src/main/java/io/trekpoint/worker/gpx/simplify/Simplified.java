package io.trekpoint.worker.gpx.simplify;

import io.trekpoint.worker.gpx.document.GpxDocument;

/**
 * A file with its lines thinned out.
 *
 * @param document the file; waypoints as they were
 * @param before points of all routes and tracks before
 * @param after points of all routes and tracks after
 * @param greatestErrorM the greatest distance in metres from a point left out to the line that
 *     replaces it
 */
public record Simplified(GpxDocument document, int before, int after, double greatestErrorM) {}
