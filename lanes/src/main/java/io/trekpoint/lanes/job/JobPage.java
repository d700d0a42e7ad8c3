package io.trekpoint.lanes.job;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list of jobs.
 *
 * @param jobs newest first; maybe fewer than were asked for, or none, although there are more
 * @param next where the next page begins; empty where this is the last one
 */
public record JobPage(List<JobSummary> jobs, Optional<JobCursor> next) {}
