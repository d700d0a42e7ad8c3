/** Who is calling, and whether they may. */
@NullMarked
package io.trekpoint.control.auth;

import org.jspecify.annotations.NullMarked;
