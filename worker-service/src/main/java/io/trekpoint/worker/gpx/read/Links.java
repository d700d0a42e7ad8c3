package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the links of one element: {@code link} of GPX 1.1, {@code url} of 1.0. */
final class Links {

    private static final int MAX_LINKS = 1_000;

    private List<Link> links = List.of();
    private @Nullable String url;
    private @Nullable String urlName;

    /** Takes the current element if it is a link or a part of one. */
    boolean accept(String name, Fields fields) throws IOException {
        switch (name) {
            case "link" -> add(fields.link(), fields);
            case "url" -> url = fields.text();
            case "urlname" -> urlName = fields.text();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(@Nullable Link link, Fields fields) {
        if (link == null) {
            return;
        }
        if (links.isEmpty()) {
            links = new ArrayList<>();
        }
        if (links.size() == MAX_LINKS) {
            throw fields.xml().fail(GpxException.Code.XML_LIMIT);
        }
        links.add(link);
    }

    /** What was gathered; empties this for the next element. */
    List<Link> take() {
        if (url != null) {
            var all = new ArrayList<>(links);
            all.add(new Link(url, urlName, null));
            links = all;
        }
        var taken = List.copyOf(links);
        links = List.of();
        url = null;
        urlName = null;
        return taken;
    }
}
