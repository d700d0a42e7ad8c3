/** What the contract says of job types beyond what one resource method can. */
@NullMarked
package io.trekpoint.api.openapi;

import org.jspecify.annotations.NullMarked;
