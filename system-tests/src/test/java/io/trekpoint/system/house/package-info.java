/** Who may know whom, and which words and calls stay out. */
@NullMarked
package io.trekpoint.system.house;

import org.jspecify.annotations.NullMarked;
