package io.trekpoint.worker.gpx.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the file says about itself.
 *
 * @param name name
 * @param description description
 * @param author who made it
 * @param copyright terms of use
 * @param links links, in the order of the file
 * @param time when it was made, epoch milliseconds, or {@link Points#NO_TIME}
 * @param keywords keywords as written
 * @param extensions as {@link About#extensions}
 */
public record Metadata(
        @Nullable String name,
        @Nullable String description,
        @Nullable Person author,
        @Nullable Copyright copyright,
        List<Link> links,
        long time,
        @Nullable String keywords,
        @Nullable String extensions) {

    /** The same with another time. */
    public Metadata at(long other) {
        return new Metadata(
                name, description, author, copyright, links, other, keywords, extensions);
    }

    /** The same without extensions. */
    public Metadata withoutExtensions() {
        return new Metadata(name, description, author, copyright, links, time, keywords, null);
    }

    /** Nothing said. */
    public static final Metadata NOTHING =
            new Metadata(null, null, null, null, List.of(), Points.NO_TIME, null, null);
}
