/**
 * Feature flags: definitions in the flagd format, what they answer, and those the code asks for.
 */
@NullMarked
package io.trekpoint.lanes.flag;

import org.jspecify.annotations.NullMarked;
