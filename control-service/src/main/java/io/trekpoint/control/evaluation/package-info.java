/** Who evaluates which flag, and which flags nobody needs any more. */
@NullMarked
package io.trekpoint.control.evaluation;

import org.jspecify.annotations.NullMarked;
