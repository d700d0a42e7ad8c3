/** Trouble that stays in its lane, and what services say of themselves. */
@NullMarked
package io.trekpoint.system.lane;

import org.jspecify.annotations.NullMarked;
