package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.GpxDocument;
import java.util.List;

/**
 * A file as read.
 *
 * @param document what it holds
 * @param warnings what was dropped or repaired, at most one of each code, in the order of the codes
 * @param dropped points left out because they have no valid position
 * @param bytes size of the input
 * @param sha256 SHA-256 of the input, 64 hexadecimal digits in lower case
 */
public record GpxReading(
        GpxDocument document, List<Warning> warnings, int dropped, long bytes, String sha256) {}
