/** Tests of OFREP. */
@NullMarked
package io.trekpoint.control.ofrep;

import org.jspecify.annotations.NullMarked;
