/** What becomes of jobs when Redis, workers or clients fail. */
@NullMarked
package io.trekpoint.system.job;

import org.jspecify.annotations.NullMarked;
