/** Flags as clients of OpenFeature see them. */
@NullMarked
package io.trekpoint.system.ofrep;

import org.jspecify.annotations.NullMarked;
