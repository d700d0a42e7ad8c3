/** Clients of the product: their API keys, tiers and roles. */
@NullMarked
package io.trekpoint.lanes.client;

import org.jspecify.annotations.NullMarked;
