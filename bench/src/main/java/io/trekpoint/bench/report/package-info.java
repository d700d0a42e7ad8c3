/** How results are shown. */
@NullMarked
package io.trekpoint.bench.report;

import org.jspecify.annotations.NullMarked;
