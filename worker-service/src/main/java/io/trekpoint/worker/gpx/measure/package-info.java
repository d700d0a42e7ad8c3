/** What a line measures: length, climb, time, speed and extent, each by a named method. */
@NullMarked
package io.trekpoint.worker.gpx.measure;

import org.jspecify.annotations.NullMarked;
