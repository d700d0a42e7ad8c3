/** Draws elevation profiles and thumbnails. */
@NullMarked
package io.trekpoint.worker.gpx.profile;

import org.jspecify.annotations.NullMarked;
