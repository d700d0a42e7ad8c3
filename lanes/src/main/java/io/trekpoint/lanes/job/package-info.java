/**
 * The job protocol: submit, claim, renew, finish, reap and expire, each one atomic step in Redis.
 */
@NullMarked
package io.trekpoint.lanes.job;

import org.jspecify.annotations.NullMarked;
