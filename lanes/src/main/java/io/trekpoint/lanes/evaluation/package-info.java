/**
 * Which flags are evaluated, by whom and to what: counted in every process, gathered in the control
 * lane, read to tell flags that nobody needs. Nothing depends on it, and it may lose counts.
 */
@NullMarked
package io.trekpoint.lanes.evaluation;

import org.jspecify.annotations.NullMarked;
