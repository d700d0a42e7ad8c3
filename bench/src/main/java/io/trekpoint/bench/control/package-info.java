/** The control service beside a peer, and how fast its changes spread. */
@NullMarked
package io.trekpoint.bench.control;

import org.jspecify.annotations.NullMarked;
