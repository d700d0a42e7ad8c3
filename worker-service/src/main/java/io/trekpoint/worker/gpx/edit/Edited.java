package io.trekpoint.worker.gpx.edit;

import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.read.Warning;
import java.util.List;

/**
 * A file after its edits.
 *
 * @param document the file
 * @param warnings what to know of it
 */
public record Edited(GpxDocument document, List<Warning> warnings) {}
