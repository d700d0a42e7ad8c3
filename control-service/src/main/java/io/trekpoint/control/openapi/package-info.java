/** The contract that this service publishes. */
@NullMarked
package io.trekpoint.control.openapi;

import org.jspecify.annotations.NullMarked;
