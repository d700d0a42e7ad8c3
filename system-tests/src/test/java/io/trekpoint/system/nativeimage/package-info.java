/** What a native image of each service would be configured with. */
@NullMarked
package io.trekpoint.system.nativeimage;

import org.jspecify.annotations.NullMarked;
