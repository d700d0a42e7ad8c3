/** The one error path: problem documents and request ids. */
@NullMarked
package io.trekpoint.control.problem;

import org.jspecify.annotations.NullMarked;
