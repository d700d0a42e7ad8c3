/** What this service says about itself. */
@NullMarked
package io.trekpoint.worker.status;

import org.jspecify.annotations.NullMarked;
