/** GPX jobs as plain Java: bytes in, bytes and numbers out; knows no Redis, HTTP or CDI. */
@NullMarked
package io.trekpoint.worker.gpx;

import org.jspecify.annotations.NullMarked;
