/** Running processes: how each tells in the control lane that it is there, and who reads it. */
@NullMarked
package io.trekpoint.lanes.instance;

import org.jspecify.annotations.NullMarked;
