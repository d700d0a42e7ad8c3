package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.document.Points;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Takes outputs apart again, by other means than those that put them together. */
final class Taken {

    private Taken() {}

    /** The root of an XML output, which the platform's own parser must accept. */
    static Element xml(byte[] output) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(output))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError("the output is not well-formed", e);
        }
    }

    /** All elements below another with one of these names, in order. */
    static List<Element> elements(Element root, String... names) {
        var wanted = List.of(names);
        var elements = new ArrayList<Element>();
        var all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            var element = (Element) all.item(i);
            if (wanted.contains("*") || wanted.contains(element.getTagName())) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The texts of these elements, stripped. */
    static List<String> texts(Element root, String name) {
        return elements(root, name).stream().map(e -> e.getTextContent().strip()).toList();
    }

    /** A time of an output; {@link Points#NO_TIME} for an empty text. */
    static long millis(String text) {
        return text.isEmpty() ? Points.NO_TIME : Instant.parse(text).toEpochMilli();
    }

    /** The rows of RFC 4180, every one ended by CRLF. */
    static List<List<String>> csv(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\r')) {
                row.add(field.toString());
                field.setLength(0);
            } else if (!quoted && c == '\n') {
                rows.add(List.copyOf(row));
                row.clear();
            } else {
                field.append(c);
            }
        }
        if (quoted || !row.isEmpty() || !field.isEmpty()) {
            throw new AssertionError("the last row has no end");
        }
        return rows;
    }

    /** The latitudes and longitudes of an encoded polyline. */
    static List<double[]> polyline(String encoded, int precision) {
        var places = new ArrayList<double[]>();
        double scale = Math.pow(10, precision);
        long[] sums = {0, 0};
        int which = 0;
        for (int i = 0; i < encoded.length(); which = 1 - which) {
            long value = 0;
            int shift = 0;
            int bits;
            do {
                bits = encoded.charAt(i++) - 63;
                value |= (bits & 0x1fL) << shift;
                shift += 5;
            } while (bits >= 0x20);
            sums[which] += (value & 1) == 0 ? value >> 1 : ~(value >> 1);
            if (which == 1) {
                places.add(new double[] {sums[0] / scale, sums[1] / scale});
            }
        }
        return places;
    }
}
