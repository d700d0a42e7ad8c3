/** Takes out of a file what others must not see. */
@NullMarked
package io.trekpoint.worker.gpx.privacy;

import org.jspecify.annotations.NullMarked;
