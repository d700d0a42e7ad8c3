/** What a caller may know of itself. */
@NullMarked
package io.trekpoint.api.me;

import org.jspecify.annotations.NullMarked;
