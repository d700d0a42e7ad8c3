/** The one way to change the control state. */
@NullMarked
package io.trekpoint.control.store;

import org.jspecify.annotations.NullMarked;
