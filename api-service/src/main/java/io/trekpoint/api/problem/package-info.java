/** The one shape of every error answer. */
@NullMarked
package io.trekpoint.api.problem;

import org.jspecify.annotations.NullMarked;
