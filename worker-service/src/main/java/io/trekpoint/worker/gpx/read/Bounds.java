package io.trekpoint.worker.gpx.read;

import org.codehaus.stax2.XMLStreamReader2;

/** What the elements of a file may cost, whatever is in them. */
final class Bounds {

    /** Elements: 50 MiB of the barest points with an elevation have fewer than 3 million. */
    private static final int MOST_ELEMENTS = 4_000_000;

    private final NameCount names = new NameCount();
    private int elements;
    private int depth;

    /** Takes the start of an element, on which the parser stands; false where that is too much. */
    boolean start(XMLStreamReader2 xml) {
        int attributes = xml.getAttributeCount();
        boolean kept =
                ++elements <= MOST_ELEMENTS
                        && ++depth <= XmlParsers.MAX_DEPTH
                        && attributes <= XmlParsers.MAX_ATTRIBUTES
                        && names.take(xml.getPrefixedName());
        for (int i = 0; kept && i < attributes; i++) {
            kept = names.take(xml.getAttributePrefix(i), xml.getAttributeLocalName(i));
        }
        for (int i = 0; kept && i < xml.getNamespaceCount(); i++) {
            String prefix = xml.getNamespacePrefix(i);
            kept = names.take("xmlns", prefix == null ? "" : prefix);
        }
        return kept;
    }

    /** Takes the end of an element. */
    void end() {
        depth--;
    }

    /** Takes a processing instruction; false where that is too much. */
    boolean instruction(String target) {
        return names.take(target);
    }

    /** Whether the root has begun. */
    boolean begun() {
        return elements > 0;
    }
}
