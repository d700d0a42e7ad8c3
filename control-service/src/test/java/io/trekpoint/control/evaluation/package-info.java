/** Tests of how flags are used. */
@NullMarked
package io.trekpoint.control.evaluation;

import org.jspecify.annotations.NullMarked;
