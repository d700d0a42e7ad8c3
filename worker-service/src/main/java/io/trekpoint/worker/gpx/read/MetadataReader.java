package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Copyright;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Person;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the file says about itself: in GPX 1.1 inside {@code metadata}, in GPX 1.0 directly
 * under the root.
 */
final class MetadataReader {

    private final XmlCursor xml;
    private final Fields fields;
    private final Links links = new Links();
    private final ExtensionText extensions;
    private @Nullable String name;
    private @Nullable String description;
    private @Nullable Person author;
    private @Nullable String authorName;
    private @Nullable String email;
    private @Nullable Copyright copyright;
    private @Nullable String keywords;
    private long time = Points.NO_TIME;

    MetadataReader(Fields fields) {
        this.xml = fields.xml();
        this.fields = fields;
        this.extensions = new ExtensionText(fields);
    }

    /** Takes the current element as GPX 1.1's {@code metadata}. */
    void read() throws IOException {
        while (xml.nextChild()) {
            String element = xml.name();
            if (xml.foreign()) {
                xml.skip();
                continue;
            }
            switch (element) {
                case "author" -> author = person();
                case "copyright" -> copyright = copyright();
                case "extensions" -> extensions.children();
                default -> {
                    if (!acceptShared(element)) {
                        fields.unknown();
                    }
                }
            }
        }
    }

    /** Takes the current child of the root if GPX 1.0 has metadata of that name there. */
    boolean acceptAtRoot(String element) throws IOException {
        switch (element) {
            case "author" -> authorName = fields.text();
            case "email" -> email = fields.text();
            default -> {
                return acceptShared(element);
            }
        }
        return true;
    }

    private boolean acceptShared(String element) throws IOException {
        switch (element) {
            case "name" -> name = fields.text();
            case "desc" -> description = fields.text();
            case "time" -> time = fields.time();
            case "keywords" -> keywords = fields.text();
            // A writer works the bounds out from the points it writes.
            case "bounds" -> xml.skip();
            default -> {
                return links.accept(element, fields);
            }
        }
        return true;
    }

    private Person person() throws IOException {
        String personName = null;
        String address = null;
        Link link = null;
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "name" -> personName = fields.text();
                case "email" -> address = address();
                case "link" -> link = fields.link();
                default -> fields.unknown();
            }
        }
        return new Person(personName, address, link);
    }

    private @Nullable String address() throws IOException {
        // Parts of one text: what GPX 1.0 says as a whole may have a space beside the sign.
        String id = xml.wholeAttribute("id");
        String domain = xml.wholeAttribute("domain");
        String text = fields.text();
        return id == null || domain == null ? text : id + '@' + domain;
    }

    private Copyright copyright() throws IOException {
        String holder = xml.attribute("author");
        String year = null;
        String license = null;
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "year" -> year = fields.text();
                case "license" -> license = fields.text();
                default -> fields.unknown();
            }
        }
        return new Copyright(holder, year, license);
    }

    /** What was gathered. */
    Metadata metadata() {
        if (author == null && (authorName != null || email != null)) {
            author = new Person(authorName, email, null);
        }
        return new Metadata(
                name,
                description,
                author,
                copyright,
                links.take(),
                time,
                keywords,
                extensions.take());
    }
}
