/** The control state as mirrors take it. */
@NullMarked
package io.trekpoint.control.state;

import org.jspecify.annotations.NullMarked;
