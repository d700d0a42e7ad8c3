/** Cuts, joins, turns, crops, shifts and strips files. */
@NullMarked
package io.trekpoint.worker.gpx.edit;

import org.jspecify.annotations.NullMarked;
