package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Invisible;
import java.io.IOException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Carries extensions along as text: well-formed elements, each of which declares the namespaces it
 * uses, so that they can stand in any other file. Used again for the next.
 */
final class ExtensionText {

    /** Takes elements out of extensions because they are understood. */
    interface Interpreter {
        /** Takes the current element whole and answers true, or leaves it and answers false. */
        boolean accept(String name) throws IOException;
    }

    private static final int MOST_EACH = 64 << 10;
    private static final int MOST_IN_ALL = 16 << 20;

    /** Where what stands in no namespace of its own is put: the schema lets nothing else in. */
    private static final String BARE = "urn:trekpoint:gpx:bare";

    private static final String BARE_PREFIX = "bare";
    private static final Interpreter NOBODY = name -> false;

    private final XmlCursor xml;
    private final Fields fields;
    private boolean keep;
    private final StringBuilder text = new StringBuilder();
    private int carried;

    ExtensionText(Fields fields) {
        this.xml = fields.xml();
        this.fields = fields;
        // Without namespaces nobody knows any more what a prefix meant.
        this.keep = fields.reading().keepExtensions() && xml.namespaces();
    }

    /** Takes the children of the current element, of which nobody understands any. */
    void children() throws IOException {
        children(NOBODY);
    }

    /** Takes the children of the current element; what the interpreter takes is not carried. */
    void children(Interpreter interpreter) throws IOException {
        while (xml.nextChild()) {
            child(interpreter);
        }
    }

    /** Takes the current element, which is an extension itself. */
    void child(Interpreter interpreter) throws IOException {
        element(interpreter, null);
        if (text.length() > MOST_EACH) {
            fields.warn(Warning.Code.EXTENSIONS_TOO_LARGE);
            text.setLength(0);
        }
    }

    /** What was gathered; null for nothing. Empties this for the next. */
    @Nullable String take() {
        if (text.isEmpty()) {
            return null;
        }
        String taken = text.toString();
        text.setLength(0);
        if (carried + taken.length() > MOST_IN_ALL) {
            fields.warn(Warning.Code.EXTENSIONS_TOO_LARGE);
            keep = false;
            return null;
        }
        carried += taken.length();
        return taken;
    }

    private void element(Interpreter interpreter, @Nullable String spaceAround) throws IOException {
        if (interpreter.accept(xml.name())) {
            return;
        }
        // Beyond the bound it is thrown away anyway.
        if (!keep || text.length() > MOST_EACH) {
            while (xml.nextChild()) {
                element(interpreter, null);
            }
            return;
        }
        int before = text.length();
        String name = open(xml.start(), spaceAround);
        String space = declared(xml.start());
        int inside = text.length();
        boolean leaf = true;
        for (XmlCursor.Part part = xml.nextPart();
                part != XmlCursor.Part.END;
                part = xml.nextPart()) {
            if (part == XmlCursor.Part.CHILD) {
                leaf = false;
                element(interpreter, space);
            } else {
                words(xml.partText());
            }
        }
        if (!leaf && isBlankFrom(inside)) {
            text.setLength(before);
        } else {
            text.append("</").append(name).append('>');
        }
    }

    private boolean isBlankFrom(int start) {
        for (int i = start; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Writes a start tag; answers with the name as written. */
    private String open(XMLStreamReader2 start, @Nullable String spaceAround) {
        boolean bare = bare(start);
        String prefix = bare ? BARE_PREFIX : start.getPrefix();
        String name = qualified(prefix, start.getLocalName());
        text.append('<').append(name);
        if (!declared(start).equals(spaceAround)) {
            declare(prefix, bare ? BARE : start.getNamespaceURI());
        }
        for (int i = 0; i < start.getAttributeCount(); i++) {
            attribute(start, i, prefix);
        }
        text.append('>');
        return name;
    }

    private void attribute(XMLStreamReader2 start, int i, @Nullable String elementPrefix) {
        String prefix = start.getAttributePrefix(i);
        boolean qualified = prefix != null && !prefix.isEmpty();
        boolean known = !qualified || prefix.equals("xml") || prefix.equals(elementPrefix);
        if (!known && text.indexOf(" xmlns:" + prefix + '=', text.lastIndexOf("<")) < 0) {
            declare(prefix, start.getAttributeNamespace(i));
        }
        text.append(' ').append(qualified(prefix, start.getAttributeLocalName(i))).append("=\"");
        words(start.getAttributeValue(i));
        text.append('"');
    }

    private void declare(@Nullable String prefix, @Nullable String uri) {
        text.append(prefix == null || prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix)
                .append("=\"");
        words(uri == null ? "" : uri);
        text.append('"');
    }

    /** What tells whether the element around has declared the namespace already. */
    private static String declared(XMLStreamReader2 start) {
        return bare(start) ? BARE : start.getPrefix() + '>' + start.getNamespaceURI();
    }

    private static boolean bare(XMLStreamReader2 start) {
        String uri = start.getNamespaceURI();
        return uri == null || uri.isEmpty() || uri.startsWith("http://www.topografix.com/GPX/1/");
    }

    private static String qualified(@Nullable String prefix, String name) {
        return prefix == null || prefix.isEmpty() ? name : prefix + ':' + name;
    }

    private void reference(char c) {
        text.append("&#").append((int) c).append(';');
    }

    private void words(String value) {
        // Beyond the bound it is thrown away anyway.
        if (text.length() > MOST_EACH) {
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\n', '\t', '\r' -> reference(c);
                default -> {
                    if (Invisible.is(c)) {
                        reference(c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }
}
