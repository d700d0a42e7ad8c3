package io.trekpoint.worker.gpx.privacy;

import io.trekpoint.worker.gpx.document.GpxDocument;

/**
 * A file without what others must not see.
 *
 * @param document the file
 * @param removedPoints points of tracks and routes that went
 * @param removedWaypoints waypoints that went
 */
public record MadePrivate(GpxDocument document, int removedPoints, int removedWaypoints) {}
