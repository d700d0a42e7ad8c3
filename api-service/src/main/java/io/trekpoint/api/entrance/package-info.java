/**
 * What every request goes through before anything knows its route, and what is noted at its end.
 */
@NullMarked
package io.trekpoint.api.entrance;

import org.jspecify.annotations.NullMarked;
