package io.trekpoint.worker.gpx.read;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import javax.xml.stream.XMLStreamException;

/** What the XML parser's refusals mean. It tells some of them apart by their words alone. */
final class XmlRefusal {

    private XmlRefusal() {}

    /**
     * The parser's refusal without its words, which quote the file.
     *
     * @param place where it is
     * @throws UndeclaredPrefixException if that is all that is wrong
     * @throws IOException if it was the source that failed
     */
    static GpxException of(XMLStreamException e, Place place, boolean namespaces)
            throws IOException {
        passOnSourceFailure(e);
        String words = String.valueOf(e.getMessage());
        if (namespaces && words.startsWith("Unbound namespace prefix")) {
            throw new UndeclaredPrefixException(place.line(), place.column());
        }
        return new GpxException(code(words), place.line(), place.column());
    }

    private static GpxException.Code code(String words) {
        if (words.contains(" limit (")) {
            return GpxException.Code.XML_LIMIT;
        }
        return words.contains(" in prolog")
                ? GpxException.Code.NOT_XML
                : GpxException.Code.MALFORMED;
    }

    /** Bytes of another encoding are the file's fault; every other failure to read is not. */
    static void passOnSourceFailure(XMLStreamException e) throws IOException {
        if (e.getCause() instanceof IOException broken
                && !(broken instanceof CharConversionException)
                && !(broken instanceof UnsupportedEncodingException)) {
            throw broken;
        }
    }
}
