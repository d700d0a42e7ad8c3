/** Limits as the gateway applies them and as its clients see them. */
@NullMarked
package io.trekpoint.api.limit;

import org.jspecify.annotations.NullMarked;
