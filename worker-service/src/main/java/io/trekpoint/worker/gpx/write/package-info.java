/**
 * Writes a document as GeoJSON, GPX 1.1 or KML 2.2: streaming, and the same bytes for the same
 * document.
 */
@NullMarked
package io.trekpoint.worker.gpx.write;

import org.jspecify.annotations.NullMarked;
