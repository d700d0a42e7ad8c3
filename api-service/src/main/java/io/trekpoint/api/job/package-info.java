/** Jobs as clients see them: submit, wait, look, fetch. */
@NullMarked
package io.trekpoint.api.job;

import org.jspecify.annotations.NullMarked;
