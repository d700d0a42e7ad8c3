package io.trekpoint.worker.gpx.read;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.io.StreamBootstrapper;
import com.ctc.wstx.io.SystemId;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.util.SymbolTable;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/** Parsers that are bounded, and that follow nothing that points outside a file. */
final class XmlParsers {

    /** Greatest length of a text, in characters. */
    static final int MAX_TEXT = 64 << 10;

    /** Characters taken in at once; the parser pauses at each end of its buffer. */
    private static final int BUFFER = 16 << 10;

    private static final WstxInputFactory WITH_NAMESPACES = factory(true);
    private static final WstxInputFactory WITHOUT_NAMESPACES = factory(false);

    private XmlParsers() {}

    /**
     * A parser at the beginning of a file.
     *
     * @param names gets the names that the file uses
     * @throws XMLStreamException if the beginning cannot be read
     */
    static XMLStreamReader2 open(InputStream in, boolean namespaces, SymbolTable names)
            throws XMLStreamException {
        var factory = namespaces ? WITH_NAMESPACES : WITHOUT_NAMESPACES;
        var config = factory.getConfig().createNonShared(names);
        var start = StreamBootstrapper.getInstance(null, null, in);
        return factory.createSR(config, (SystemId) null, start, false, false);
    }

    private static WstxInputFactory factory(boolean namespaces) {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, namespaces);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Nothing is declared where no DTD is read: every reference is refused, in attributes too.
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_INPUT_BUFFER_LENGTH, BUFFER);
        // A file made of ever new names would fill the table of strings of the whole process.
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 64);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 64);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 16 << 10);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MAX_TEXT);
        return factory;
    }
}
