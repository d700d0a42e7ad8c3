/** What the ends of jobs come to for the quotas of their clients. */
@NullMarked
package io.trekpoint.worker.settlement;

import org.jspecify.annotations.NullMarked;
