package io.trekpoint.control.job;

import java.util.List;

/**
 * Every queue there is.
 *
 * @param queues today one
 */
public record QueueList(List<QueueView> queues) {}
