package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.read.GpxSource;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads one track with every point, also where its latitude is none, as some tools do. */
final class AllTrackPoints {

    private AllTrackPoints() {}

    static GpxDocument of(GpxSource source) throws IOException {
        var segments = new ArrayList<Points>();
        try (var in = source.open()) {
            var gpx = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
            var found = gpx.getElementsByTagName("trkseg");
            for (int i = 0; i < found.getLength(); i++) {
                segments.add(segment((Element) found.item(i)));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("a file that others can read", e);
        }
        return Lines.track(segments.toArray(Points[]::new));
    }

    private static Points segment(Element segment) {
        var points = new Points();
        var found = segment.getElementsByTagName("trkpt");
        for (int i = 0; i < found.getLength(); i++) {
            var point = (Element) found.item(i);
            points.add(
                    Double.parseDouble(point.getAttribute("lat")),
                    Double.parseDouble(point.getAttribute("lon")));
            String time = text(point, "time");
            if (!time.isEmpty()) {
                points.setTime(OffsetDateTime.parse(time).toInstant().toEpochMilli());
            }
            String ele = text(point, "ele");
            if (!ele.isEmpty()) {
                points.set(Channel.ELE, Double.parseDouble(ele));
            }
        }
        return points;
    }

    private static String text(Element point, String name) {
        var found = point.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
