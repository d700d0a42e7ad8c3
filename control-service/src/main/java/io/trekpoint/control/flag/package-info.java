/** Flags for operators: read, define, kill, restore. */
@NullMarked
package io.trekpoint.control.flag;

import org.jspecify.annotations.NullMarked;
