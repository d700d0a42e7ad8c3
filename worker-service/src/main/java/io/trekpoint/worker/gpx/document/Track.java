package io.trekpoint.worker.gpx.document;

import java.util.List;

/**
 * A recorded line.
 *
 * @param about its words
 * @param segments its unbroken stretches, in order; empty ones are kept
 */
public record Track(About about, List<Points> segments) {}
