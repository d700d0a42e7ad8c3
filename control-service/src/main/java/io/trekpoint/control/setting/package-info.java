/** Settings for operators: read and write, validated against the catalogue. */
@NullMarked
package io.trekpoint.control.setting;

import org.jspecify.annotations.NullMarked;
