/** Jobs for operators: what is in the queue, pausing it, and dead letters. */
@NullMarked
package io.trekpoint.control.job;

import org.jspecify.annotations.NullMarked;
