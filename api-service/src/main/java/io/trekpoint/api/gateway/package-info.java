/** What every request goes through: its identity and what is known of its caller. */
@NullMarked
package io.trekpoint.api.gateway;

import org.jspecify.annotations.NullMarked;
