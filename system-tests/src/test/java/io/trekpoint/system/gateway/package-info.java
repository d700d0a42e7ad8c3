/** What the gateway refuses, and how it limits. */
@NullMarked
package io.trekpoint.system.gateway;

import org.jspecify.annotations.NullMarked;
