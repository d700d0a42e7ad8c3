/** The control state as it reaches the gateway, with and without Redis. */
@NullMarked
package io.trekpoint.system.control;

import org.jspecify.annotations.NullMarked;
