/** Who changed what, when and why, as a chain of hashes. */
@NullMarked
package io.trekpoint.control.audit;

import org.jspecify.annotations.NullMarked;
