/** How fast GPX is read, measured, converted and thinned out, and in how much memory. */
@NullMarked
package io.trekpoint.bench.gpx;

import org.jspecify.annotations.NullMarked;
