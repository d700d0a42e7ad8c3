/** How the connections of a process are made, beneath the servers and clients that Vert.x has. */
@NullMarked
package io.trekpoint.lanes.transport;

import org.jspecify.annotations.NullMarked;
