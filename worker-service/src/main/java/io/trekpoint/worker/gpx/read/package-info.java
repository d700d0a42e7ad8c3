/**
 * Reads hostile or merely careless GPX 1.0 and 1.1 into a document, within limits, saying what it
 * repaired.
 */
@NullMarked
package io.trekpoint.worker.gpx.read;

import org.jspecify.annotations.NullMarked;
