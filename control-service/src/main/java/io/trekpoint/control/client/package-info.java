/** Clients and the one call that creates a control data set with its first ones. */
@NullMarked
package io.trekpoint.control.client;

import org.jspecify.annotations.NullMarked;
