package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.About;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gathers the words of one point or line; used again for the next. */
final class Words {

    private final Fields fields;
    private final Links links = new Links();
    private @Nullable String name;
    private @Nullable String comment;
    private @Nullable String description;
    private @Nullable String source;
    private @Nullable String symbol;
    private @Nullable String type;
    private @Nullable Integer number;
    private boolean any;
    private About last = About.NOTHING;

    Words(Fields fields) {
        this.fields = fields;
    }

    /** Takes the current element if it is one of these words. */
    boolean accept(String element) throws IOException {
        switch (element) {
            case "name" -> name = fields.text();
            case "cmt" -> comment = fields.text();
            case "desc" -> description = fields.text();
            case "src" -> source = fields.text();
            case "sym" -> symbol = fields.text();
            case "type" -> type = fields.text();
            case "number" -> number = fields.wholeNumber();
            default -> {
                if (!links.accept(element, fields)) {
                    return false;
                }
            }
        }
        any = true;
        return true;
    }

    /** What was gathered; empties this for the next point or line. */
    About take(@Nullable String extensions) {
        if (!any && extensions == null) {
            return About.NOTHING;
        }
        var about =
                new About(
                        name,
                        comment,
                        description,
                        source,
                        links.take(),
                        symbol,
                        type,
                        number,
                        extensions);
        name = null;
        comment = null;
        description = null;
        source = null;
        symbol = null;
        type = null;
        number = null;
        any = false;
        if (!about.equals(last)) {
            fields.keep(0);
            last = about;
        }
        return last;
    }
}
