package io.trekpoint.worker.gpx.read;

import java.io.IOException;

/**
 * Reads GPX 1.0 and 1.1: well-meaning, which keeps what can be kept and counts what cannot, or
 * strictly.
 */
public final class GpxReader {

    private GpxReader() {}

    /**
     * Reads a file whole. Never reaches outside it: no DTD, no entity, no schema is followed.
     *
     * @param source the file; opened once, or twice where it uses undeclared prefixes
     * @param reading how to read it
     * @param limits what reading may cost
     * @return the document, what was repaired, and the input's size and digest
     * @throws GpxException if the file cannot be read, is beyond a limit, or reading was stopped
     * @throws IOException if the source fails
     */
    public static GpxReading read(GpxSource source, Reading reading, GpxLimits limits)
            throws IOException {
        var warnings = new Warnings();
        try {
            return pass(source, reading, limits, warnings, true);
        } catch (UndeclaredPrefixException e) {
            if (reading.strict()) {
                throw new GpxException(GpxException.Code.UNDECLARED_PREFIX, e.line(), e.column());
            }
            var again = new Warnings();
            again.add(Warning.Code.UNDECLARED_PREFIX, e::line);
            return pass(source, reading, limits, again, false);
        }
    }

    private static GpxReading pass(
            GpxSource source,
            Reading reading,
            GpxLimits limits,
            Warnings warnings,
            boolean namespaces)
            throws IOException {
        try (var in = new MeteredInput(source.open(), limits);
                var xml = new XmlCursor(in, namespaces)) {
            var reader = new DocumentReader(new Fields(xml, warnings, reading), limits);
            var document = reader.read();
            drain(in, xml);
            return new GpxReading(
                    document, warnings.all(), reader.dropped(), in.bytes(), in.sha256());
        }
    }

    /** The digest is of the whole input, also of what comes after the root element. */
    private static void drain(MeteredInput in, XmlCursor xml) throws IOException {
        try {
            in.drain();
        } catch (GpxException e) {
            throw e.at(xml.line(), 1);
        }
    }
}
