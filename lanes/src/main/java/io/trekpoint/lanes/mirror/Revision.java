package io.trekpoint.lanes.mirror;

import java.util.List;

/**
 * A revision to be made.
 *
 * @param base the head it was computed from; {@link Head#NONE} creates the data set
 * @param head the head it leads to, one revision further
 * @param writes what it changes
 * @param audit who did what and why, as JSON
 */
public record Revision(Head base, Head head, List<Write> writes, String audit) {}
