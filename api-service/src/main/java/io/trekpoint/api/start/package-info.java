/** How the gateway's process starts. */
@NullMarked
package io.trekpoint.api.start;

import org.jspecify.annotations.NullMarked;
