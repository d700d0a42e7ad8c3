/**
 * Mirrors: the immutable in-memory copy of the control state that every service reads, and the
 * sources it is filled and followed from.
 */
@NullMarked
package io.trekpoint.lanes.mirror;

import org.jspecify.annotations.NullMarked;
