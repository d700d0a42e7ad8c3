/** Scripts and streams: how the protocols of the lanes speak to Redis. */
@NullMarked
package io.trekpoint.lanes.redis;

import org.jspecify.annotations.NullMarked;
