package io.trekpoint.worker.gpx.document;

import org.jspecify.annotations.Nullable;

/**
 * A link to something outside the file, unchecked: its target may be of any scheme or none.
 *
 * @param href target, never empty
 * @param text what to show for it
 * @param type its media type, or what the writing program took for one
 */
public record Link(String href, @Nullable String text, @Nullable String type) {}
