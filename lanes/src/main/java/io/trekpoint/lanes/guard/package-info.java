/**
 * Lanes: the guarded paths of the concerns to Redis, with their deadlines, breakers, faults and
 * modes.
 */
@NullMarked
package io.trekpoint.lanes.guard;

import org.jspecify.annotations.NullMarked;
