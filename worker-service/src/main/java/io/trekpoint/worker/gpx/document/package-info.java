/** A GPX file in memory: points as columns of primitives, everything else as small records. */
@NullMarked
package io.trekpoint.worker.gpx.document;

import org.jspecify.annotations.NullMarked;
