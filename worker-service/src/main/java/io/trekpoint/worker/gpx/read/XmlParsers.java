package io.trekpoint.worker.gpx.read;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.io.StreamBootstrapper;
import com.ctc.wstx.io.SystemId;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.util.SymbolTable;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Parsers that follow nothing that points outside a file: Aalto, which is the fastest there is, and
 * Woodstox for files that use prefixes they never declare, which Aalto has no way to overlook. What
 * a file may cost is bounded around them, by {@link XmlCursor} and {@link MeteredInput}.
 */
final class XmlParsers {

    /** Elements within each other. */
    static final int MAX_DEPTH = 64;

    /** Attributes of an element. */
    static final int MAX_ATTRIBUTES = 64;

    /** Greatest length of an attribute, in characters. */
    static final int MAX_ATTRIBUTE = 16 << 10;

    /** Greatest length of a text, in characters. */
    static final int MAX_TEXT = 64 << 10;

    private static final WstxInputFactory WITHOUT_NAMESPACES = withoutNamespaces();

    private XmlParsers() {}

    /**
     * A parser at the beginning of a file.
     *
     * @param namespaces false for a file that is known to use undeclared prefixes
     * @throws XMLStreamException if the beginning cannot be read
     */
    static XMLStreamReader2 open(InputStream in, boolean namespaces) throws XMLStreamException {
        if (namespaces) {
            // A factory keeps the names of all files it has read; this one reads one.
            return (XMLStreamReader2) bounded(new InputFactoryImpl()).createXMLStreamReader(in);
        }
        var config = WITHOUT_NAMESPACES.getConfig().createNonShared(new SymbolTable());
        var start = StreamBootstrapper.getInstance(null, null, in);
        return WITHOUT_NAMESPACES.createSR(config, (SystemId) null, start, false, false);
    }

    private static <F extends XMLInputFactory> F bounded(F factory) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        // Nothing is declared where no DTD is read: every reference is refused, in attributes too.
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }

    private static WstxInputFactory withoutNamespaces() {
        var factory = bounded(new WstxInputFactory());
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // A file made of ever new names would fill the table of strings of the whole process.
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MAX_TEXT);
        return factory;
    }
}
