/** Exports of real files, from submit to result. */
@NullMarked
package io.trekpoint.system.export;

import org.jspecify.annotations.NullMarked;
