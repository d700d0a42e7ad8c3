/** Takes jobs in, keeps their leases, runs them on a fixed pool and finishes them. */
@NullMarked
package io.trekpoint.worker.intake;

import org.jspecify.annotations.NullMarked;
