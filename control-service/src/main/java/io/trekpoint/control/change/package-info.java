/** Several changes as one revision, now or at a time. */
@NullMarked
package io.trekpoint.control.change;

import org.jspecify.annotations.NullMarked;
