/** Who is calling. */
@NullMarked
package io.trekpoint.api.auth;

import org.jspecify.annotations.NullMarked;
