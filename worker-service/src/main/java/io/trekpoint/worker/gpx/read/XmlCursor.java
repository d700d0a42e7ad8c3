package io.trekpoint.worker.gpx.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Walks an XML file element by element, forward only. Standing on an element's start, the caller
 * takes it whole in exactly one of three ways: {@link #readText}, {@link #skip}, or {@link
 * #nextChild} until it answers false.
 */
final class XmlCursor implements AutoCloseable {

    private final XMLStreamReader2 xml;
    private final MeteredInput in;

    private final Bounds bounds = new Bounds();
    private final Places places;
    private final boolean namespaces;
    private final DecimalDecoder decimal = new DecimalDecoder();

    /** The parts of each name, where the parser does not take names apart. */
    private final Map<String, Parts> parts = new HashMap<>();

    private String rootSpace = "";

    /** Whether it stands on the root's start or in front of it. */
    private boolean prolog = true;

    /** Where the file goes on after its end, once that is known. */
    private @Nullable Place end;

    private char[] text = new char[256];
    private int from;
    private int to;

    private record Parts(String prefix, String name) {
        static Parts of(String whole) {
            int colon = whole.indexOf(':');
            return new Parts(whole.substring(0, Math.max(0, colon)), whole.substring(colon + 1));
        }
    }

    XmlCursor(MeteredInput in, boolean namespaces) throws IOException {
        this.in = in;
        this.namespaces = namespaces;
        this.places = new Places(in.head(), namespaces);
        try {
            xml = XmlParsers.open(in, namespaces);
        } catch (XMLStreamException e) {
            throw XmlRefusal.of(e, places.refused(e), namespaces);
        } catch (GpxException e) {
            throw e.at(1, 1);
        }
    }

    /** Moves to the root element's start. */
    void openRoot() throws IOException {
        int event;
        do {
            event = next();
        } while (event != XMLStreamConstants.START_ELEMENT);
        rootSpace = space();
    }

    /** Moves to the start of the next child of the element that is open; false at its end. */
    boolean nextChild() throws IOException {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    /** What comes next inside an element that is taken part by part. */
    enum Part {
        /** The start of a child. */
        CHILD,
        /** A stretch of text, to be had from {@link #partText}. */
        TEXT,
        /** The element's end. */
        END
    }

    /** Moves to the next part of the element that is open. */
    Part nextPart() throws IOException {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return Part.CHILD;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return Part.END;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    return Part.TEXT;
                }
                default -> {}
            }
        }
    }

    /** The stretch of text the cursor stands on. */
    String partText() {
        return xml.getText();
    }

    /** The parser itself, standing on an element's start, for what is carried as it stands. */
    XMLStreamReader2 start() {
        return xml;
    }

    /** Whether the file is read with its namespaces. */
    boolean namespaces() {
        return namespaces;
    }

    /** The namespace of the root element; empty for none. */
    String rootSpace() {
        return rootSpace;
    }

    /** Moves past the element on whose start the cursor stands. */
    void skip() throws IOException {
        for (int depth = 1; depth > 0; ) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    /** Moves past the element and keeps its text, stripped, until the next call. */
    void readText() throws IOException {
        to = 0;
        for (int depth = 1; depth > 0; ) {
            int event = next();
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        from = 0;
        while (from < to && text[from] <= ' ') {
            from++;
        }
        while (from < to && text[to - 1] <= ' ') {
            to--;
        }
    }

    private void append(char[] chars, int start, int length) {
        int size = to + length;
        if (size > XmlParsers.MAX_TEXT) {
            throw fail(GpxException.Code.XML_LIMIT);
        }
        if (size > text.length) {
            text = Arrays.copyOf(text, Math.max(size, text.length * 2));
        }
        System.arraycopy(chars, start, text, to, length);
        to = size;
    }

    /** The characters that hold the last text, from {@link #textFrom} to {@link #textTo}. */
    char[] text() {
        return text;
    }

    int textFrom() {
        return from;
    }

    int textTo() {
        return to;
    }

    /** The current element's name without its prefix. */
    String name() {
        String name = xml.getLocalName();
        return namespaces ? name : parts(name).name();
    }

    /** Whether the current element is of another vocabulary than the root. */
    boolean foreign() {
        String space = space();
        return !space.isEmpty()
                && !space.equals(rootSpace)
                && !space.startsWith("http://www.topografix.com/GPX/1/");
    }

    private String space() {
        if (namespaces) {
            String uri = xml.getNamespaceURI();
            return uri == null ? "" : uri;
        }
        return parts(xml.getLocalName()).prefix();
    }

    private Parts parts(String name) {
        return parts.computeIfAbsent(name, Parts::of);
    }

    /** An attribute of the current element, stripped; null where it is absent or empty. */
    @Nullable String attribute(String name) {
        String value = wholeAttribute(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** An attribute of the current element as it stands; null where it is absent or empty. */
    @Nullable String wholeAttribute(String name) {
        int index = attributeIndex(name);
        String value = index < 0 ? "" : xml.getAttributeValue(index);
        limit(value.length() <= XmlParsers.MAX_ATTRIBUTE);
        return value.isEmpty() ? null : value;
    }

    /** An attribute of the current element as a number; NaN where it is absent or none. */
    double decimalAttribute(String name) {
        int index = attributeIndex(name);
        if (index < 0) {
            return Double.NaN;
        }
        try {
            xml.getAttributeAs(index, decimal);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a decoder that never refuses was refused", e);
        }
        limit(decimal.length() <= XmlParsers.MAX_ATTRIBUTE);
        return decimal.value();
    }

    private int attributeIndex(String name) {
        int count = xml.getAttributeCount();
        for (int i = 0; i < count; i++) {
            if (name.equals(xml.getAttributeLocalName(i)) && xml.getAttributePrefix(i).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    /** Line of what the cursor stands on. */
    int line() {
        return place().line();
    }

    /** Column of what the cursor stands on. */
    int column() {
        return place().column();
    }

    private Place place() {
        return end != null ? end : places.event(xml, prolog);
    }

    /** Whether the current element is of a namespace; of none where it is empty. */
    boolean inSpace(String uri) {
        return uri.equals(space());
    }

    /** A refusal that points at what the cursor stands on. */
    GpxException fail(GpxException.Code code) {
        return located(new GpxException(code));
    }

    /** Whether nothing but comments and space comes after the root element, on whose end it is. */
    boolean endsHere() throws IOException {
        try {
            while (xml.hasNext()) {
                xml.next();
                in.passedEvent();
            }
            return true;
        } catch (XMLStreamException e) {
            XmlRefusal.passOnSourceFailure(e);
            end = places.goesOn(e);
            return false;
        } catch (GpxException e) {
            throw located(e);
        }
    }

    private int next() throws IOException {
        prolog = !bounds.begun();
        try {
            int event = xml.next();
            in.passedEvent();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> limit(bounds.start(xml));
                case XMLStreamConstants.END_ELEMENT -> bounds.end();
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                        limit(bounds.instruction(xml.getPITarget()));
                case XMLStreamConstants.DTD -> throw fail(GpxException.Code.GPX_DOCTYPE);
                default -> {}
            }
            return event;
        } catch (XMLStreamException e) {
            throw XmlRefusal.of(e, places.refused(e), namespaces);
        } catch (GpxException e) {
            throw located(e);
        }
    }

    private void limit(boolean kept) {
        if (!kept) {
            throw fail(GpxException.Code.XML_LIMIT);
        }
    }

    private GpxException located(GpxException e) {
        return e.at(line(), column());
    }

    @Override
    public void close() {
        try {
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("closing gives buffers back, it cannot fail", e);
        }
    }
}
