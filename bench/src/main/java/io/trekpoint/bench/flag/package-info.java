/** Evaluating flags in process, beside a JsonLogic library for Java. */
@NullMarked
package io.trekpoint.bench.flag;

import org.jspecify.annotations.NullMarked;
