/** Makes the lanes of this service and what stands on them. */
@NullMarked
package io.trekpoint.api.wiring;

import org.jspecify.annotations.NullMarked;
