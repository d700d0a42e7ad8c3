/**
 * What GPX jobs are asked to do, job type by job type: judged by the gateway, done by the worker.
 * Plain values without GPX, Redis or HTTP in them.
 */
@NullMarked
package io.trekpoint.lanes.gpx;

import org.jspecify.annotations.NullMarked;
