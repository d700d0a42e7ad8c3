/** OFREP 0.3.0: flags evaluated for whoever speaks OpenFeature, and told when to ask again. */
@NullMarked
package io.trekpoint.control.ofrep;

import org.jspecify.annotations.NullMarked;
