package io.trekpoint.control.change;

import java.util.List;

/**
 * Every change that waits for its time, or has failed at it.
 *
 * @param changes by their time
 */
public record ScheduleList(List<ScheduledChange> changes) {}
