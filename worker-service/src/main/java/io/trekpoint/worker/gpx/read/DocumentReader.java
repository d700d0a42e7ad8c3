package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file from root to end. */
final class DocumentReader {

    private final XmlCursor xml;
    private final Fields fields;
    private final PointReader points;
    private final MetadataReader metadata;
    private final ExtensionText extensions;
    private @Nullable String fileExtensions;
    private final int maxLines;
    private int lines;
    private final Points waypoints = new Points();
    private final List<Route> routes = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();

    DocumentReader(Fields fields, GpxLimits limits) {
        this.xml = fields.xml();
        this.fields = fields;
        this.points = new PointReader(fields, limits.maxPoints());
        this.metadata = new MetadataReader(fields);
        this.extensions = new ExtensionText(fields);
        this.maxLines = limits.maxLines();
    }

    /** Points left out because they have no valid position. */
    int dropped() {
        return points.dropped();
    }

    GpxDocument read() throws IOException {
        xml.openRoot();
        if (!xml.name().equals("gpx")) {
            throw xml.fail(GpxException.Code.NOT_GPX);
        }
        String version = xml.attribute("version");
        String creator = xml.attribute("creator");
        if (!"1.0".equals(version) && !"1.1".equals(version)) {
            fields.warn(Warning.Code.UNKNOWN_VERSION);
        }
        fields.demand(creator != null, GpxException.Code.MISSING_CREATOR);
        fields.demand(
                xml.rootSpace().equals("http://www.topografix.com/GPX/" + slashed(version)),
                GpxException.Code.WRONG_NAMESPACE);
        while (xml.nextChild()) {
            child();
        }
        if (!xml.endsHere()) {
            fields.warn(Warning.Code.CONTENT_AFTER_END);
        }
        return new GpxDocument(
                version,
                creator,
                metadata.metadata(),
                waypoints,
                List.copyOf(routes),
                List.copyOf(tracks),
                fileExtensions);
    }

    private void child() throws IOException {
        if (xml.foreign()) {
            xml.skip();
            return;
        }
        String name = xml.name();
        switch (name) {
            case "wpt" -> points.read(waypoints);
            case "rte" -> routes.add(route());
            case "trk" -> tracks.add(track());
            case "metadata" -> metadata.read();
            case "extensions" -> {
                extensions.children();
                fileExtensions = extensions.take();
            }
            default -> {
                if (!metadata.acceptAtRoot(name)) {
                    fields.unknown();
                }
            }
        }
    }

    private Route route() throws IOException {
        countLine();
        var words = new Words(fields);
        String said = null;
        var line = new Points();
        while (xml.nextChild()) {
            String name = lineChild();
            switch (name) {
                case "rtept" -> points.read(line);
                case "extensions" -> said = extensions();
                default -> word(name, words);
            }
        }
        return new Route(words.take(said), line);
    }

    private Track track() throws IOException {
        countLine();
        var words = new Words(fields);
        String said = null;
        var segments = new ArrayList<Points>();
        while (xml.nextChild()) {
            String name = lineChild();
            switch (name) {
                case "trkseg" -> segments.add(segment());
                case "extensions" -> said = extensions();
                default -> word(name, words);
            }
        }
        return new Track(words.take(said), List.copyOf(segments));
    }

    private Points segment() throws IOException {
        countLine();
        var segment = new Points();
        while (xml.nextChild()) {
            switch (lineChild()) {
                case "trkpt" -> points.read(segment);
                case "extensions" -> segment.setExtensions(extensions());
                default -> fields.unknown();
            }
        }
        return segment;
    }

    private @Nullable String extensions() throws IOException {
        extensions.children();
        return extensions.take();
    }

    private static String slashed(@Nullable String version) {
        return version == null ? "" : version.replace('.', '/');
    }

    /** The child's name; for one of another vocabulary a name that nothing answers to. */
    private String lineChild() {
        return xml.foreign() ? "" : xml.name();
    }

    private void word(String name, Words words) throws IOException {
        if (!words.accept(name)) {
            fields.unknown();
        }
    }

    private void countLine() {
        if (++lines > maxLines) {
            throw xml.fail(GpxException.Code.TOO_MANY_LINES);
        }
    }
}
