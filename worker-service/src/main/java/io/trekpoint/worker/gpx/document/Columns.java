package io.trekpoint.worker.gpx.document;

import java.util.Set;

/**
 * Which columns of points go.
 *
 * @param channels these readings
 * @param times times
 * @param extensions what others have said of the points and of their line
 */
public record Columns(Set<Channel> channels, boolean times, boolean extensions) {}
