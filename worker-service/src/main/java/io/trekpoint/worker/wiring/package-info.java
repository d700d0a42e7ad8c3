/** Makes the lanes of this service and what stands on them. */
@NullMarked
package io.trekpoint.worker.wiring;

import org.jspecify.annotations.NullMarked;
