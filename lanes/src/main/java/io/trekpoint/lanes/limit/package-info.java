/**
 * Rate limits and monthly quotas: counted once for all replicas, or locally while Redis is away.
 */
@NullMarked
package io.trekpoint.lanes.limit;

import org.jspecify.annotations.NullMarked;
