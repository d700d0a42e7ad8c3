/** {@code ./trek bench limits}: checks of limits beside other limiters. */
package io.trekpoint.bench.limit;
