/** Runtime settings: the typed catalogue, and how a stored value is validated and read. */
@NullMarked
package io.trekpoint.lanes.setting;

import org.jspecify.annotations.NullMarked;
