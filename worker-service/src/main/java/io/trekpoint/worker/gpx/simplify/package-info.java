/** Thins lines out: fewer points, and a true word on what that cost. */
@NullMarked
package io.trekpoint.worker.gpx.simplify;

import org.jspecify.annotations.NullMarked;
