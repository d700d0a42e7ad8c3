package io.trekpoint.worker.gpx.read;

import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/** Where things are in a file, from what its parser says of them. */
final class Places {
    private static final Place BEGINNING = new Place(1, 1);

    private final Head head;
    private final boolean bytewise;

    /**
     * Places of a file that is read from now on.
     *
     * @param namespaces whether it is read with its namespaces, which tells the parser
     */
    Places(Head head, boolean namespaces) {
        this.head = head;
        this.bytewise = namespaces;
    }

    /** Where the event begins on which the parser stands. */
    Place event(XMLStreamReader2 xml, boolean prolog) {
        Location where = xml.getLocation();
        if (!bytewise) {
            return Place.of(where);
        }
        return prolog
                ? head.afterSpace(where, xml.getEncoding())
                : head.withoutMark(Place.of(where));
    }

    /** What a parser refuses: the one stands behind it, the other on it. */
    Place refused(XMLStreamException e) {
        Location where = e.getLocation();
        if (where == null) {
            return BEGINNING;
        }
        return bytewise ? head.withoutMark(behind(where, 1)) : Place.of(where);
    }

    /** Where the file goes on after its end: a second root is refused at its first letter. */
    Place goesOn(XMLStreamException e) {
        Location where = e.getLocation();
        boolean root = String.valueOf(e.getMessage()).startsWith("Second root element");
        return where == null || !bytewise ? refused(e) : behind(where, root ? 2 : 1);
    }

    private static Place behind(Location where, int by) {
        return new Place(where.getLineNumber(), where.getColumnNumber() - by);
    }
}
