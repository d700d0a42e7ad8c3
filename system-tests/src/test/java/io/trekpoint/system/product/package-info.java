/** The product as its users and operators meet it: packaged services and Redis, as processes. */
@NullMarked
package io.trekpoint.system.product;

import org.jspecify.annotations.NullMarked;
