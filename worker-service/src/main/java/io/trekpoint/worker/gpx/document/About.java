package io.trekpoint.worker.gpx.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words that come with a point or a line. Absent texts are null, never empty.
 *
 * @param name name
 * @param comment comment
 * @param description description, which may hold markup
 * @param source where the data come from
 * @param links links, in the order of the file
 * @param symbol symbol's name; points only
 * @param type kind or activity
 * @param number the line's number; lines only
 * @param extensions what others have said of it in words of their own: well-formed XML elements,
 *     each with its namespaces declared, without what {@link Channel} has a place for; only where
 *     the reader was asked to keep them
 */
public record About(
        @Nullable String name,
        @Nullable String comment,
        @Nullable String description,
        @Nullable String source,
        List<Link> links,
        @Nullable String symbol,
        @Nullable String type,
        @Nullable Integer number,
        @Nullable String extensions) {

    /** The same words without extensions. */
    public About withoutExtensions() {
        return extensions == null
                ? this
                : new About(name, comment, description, source, links, symbol, type, number, null);
    }

    /** Nothing said. */
    public static final About NOTHING =
            new About(null, null, null, null, List.of(), null, null, null, null);
}
