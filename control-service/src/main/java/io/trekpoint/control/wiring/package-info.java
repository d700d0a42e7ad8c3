/** The one place where this service meets Redis types. */
@NullMarked
package io.trekpoint.control.wiring;

import org.jspecify.annotations.NullMarked;
