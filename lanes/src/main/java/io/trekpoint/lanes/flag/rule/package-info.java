/**
 * Targeting rules: JsonLogic with flagd's operators, compiled once into an immutable tree and
 * evaluated over a context within a bound of work.
 */
@NullMarked
package io.trekpoint.lanes.flag.rule;

import org.jspecify.annotations.NullMarked;
