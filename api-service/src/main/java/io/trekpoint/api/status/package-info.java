/** What this service says about itself. */
@NullMarked
package io.trekpoint.api.status;

import org.jspecify.annotations.NullMarked;
