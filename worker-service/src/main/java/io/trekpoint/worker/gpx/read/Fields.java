package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads single elements as values; what is no value becomes absent and is counted. */
final class Fields {

    private final XmlCursor xml;
    private final Warnings warnings;
    private final Reading reading;
    private final Timestamps timestamps = new Timestamps();

    Fields(XmlCursor xml, Warnings warnings, Reading reading) {
        this.xml = xml;
        this.reading = reading;
        this.warnings = warnings;
    }

    XmlCursor xml() {
        return xml;
    }

    Reading reading() {
        return reading;
    }

    /** Every leniency passes through here: where reading is strict, it is a refusal. */
    void warn(Warning.Code code) {
        if (reading.strict()) {
            throw xml.fail(GpxException.Code.valueOf(code.name()));
        }
        warnings.add(code, xml::line);
    }

    /** What goes without saying where reading is lenient, and is a refusal where it is strict. */
    void demand(boolean holds, GpxException.Code code) {
        if (reading.strict() && !holds) {
            throw xml.fail(code);
        }
    }

    /** The element's text; null where it is empty. */
    @Nullable String text() throws IOException {
        xml.readText();
        int length = xml.textTo() - xml.textFrom();
        return length == 0 ? null : new String(xml.text(), xml.textFrom(), length);
    }

    /** The element's number; NaN where it is empty, none, or beyond belief for the channel. */
    double number(Channel channel) throws IOException {
        xml.readText();
        if (xml.textFrom() == xml.textTo()) {
            demand(false, GpxException.Code.NUMBER_INVALID);
            return Double.NaN;
        }
        double value = Decimals.parse(xml.text(), xml.textFrom(), xml.textTo());
        if (Double.isNaN(value)) {
            warn(Warning.Code.NUMBER_INVALID);
        } else if (!channel.accepts(value)) {
            warn(Warning.Code.NUMBER_OUT_OF_RANGE);
            return Double.NaN;
        }
        return value;
    }

    /** The element's whole number, 0 or more; null where it is empty or none. */
    @Nullable Integer wholeNumber() throws IOException {
        xml.readText();
        if (xml.textFrom() == xml.textTo()) {
            return null;
        }
        double value = Decimals.parse(xml.text(), xml.textFrom(), xml.textTo());
        if (value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value)) {
            return (int) value;
        }
        warn(Warning.Code.NUMBER_INVALID);
        return null;
    }

    /** The element's time in epoch milliseconds; {@link Points#NO_TIME} where empty or none. */
    long time() throws IOException {
        xml.readText();
        if (xml.textFrom() == xml.textTo()) {
            demand(false, GpxException.Code.TIME_INVALID);
            return Points.NO_TIME;
        }
        long time = timestamps.parse(xml.text(), xml.textFrom(), xml.textTo());
        if (time == Points.NO_TIME) {
            warn(Warning.Code.TIME_INVALID);
        } else if (!timestamps.zoned()) {
            warn(Warning.Code.TIME_WITHOUT_ZONE);
        }
        return time;
    }

    /** The link element; null where it leads nowhere. */
    @Nullable Link link() throws IOException {
        String href = xml.attribute("href");
        if (href == null) {
            warn(Warning.Code.LINK_WITHOUT_TARGET);
            xml.skip();
            return null;
        }
        String text = null;
        String type = null;
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "text" -> text = text();
                case "type" -> type = text();
                default -> unknown();
            }
        }
        return new Link(href, text, type);
    }

    /** Leaves the element out; one of another vocabulary silently. */
    void unknown() throws IOException {
        if (!xml.foreign()) {
            warn(Warning.Code.UNKNOWN_ELEMENT);
        }
        xml.skip();
    }
}
