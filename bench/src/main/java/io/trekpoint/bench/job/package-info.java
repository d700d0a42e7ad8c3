/** {@code ./trek bench jobs}: the queue beside BullMQ and Celery. */
@org.jspecify.annotations.NullMarked
package io.trekpoint.bench.job;
