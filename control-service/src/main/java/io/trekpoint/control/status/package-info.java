/** What this service is doing: modes, health. */
@NullMarked
package io.trekpoint.control.status;

import org.jspecify.annotations.NullMarked;
