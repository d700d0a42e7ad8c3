package io.trekpoint.worker.gpx.read;

import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads single elements as values; what is no value becomes absent and is counted. */
final class Fields {

    /** Bytes of all that is kept of a file's words, about: 200 000 waypoints with a name each. */
    private static final long MOST_KEPT = 24 << 20;

    private static final int OBJECT = 64;
    private static final int LONGEST_RECENT = 32;

    private final XmlCursor xml;
    private final Warnings warnings;
    private final Reading reading;
    private final Timestamps timestamps = new Timestamps();

    /** Programs say the same of each point, such as what measured it. */
    private final String[] recent = new String[64];

    private long kept;

    Fields(XmlCursor xml, Warnings warnings, Reading reading) {
        this.xml = xml;
        this.reading = reading;
        this.warnings = warnings;
        Arrays.fill(recent, "");
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

    /** Notes that words of so many characters, or an object that holds words, is kept. */
    void keep(int length) {
        kept += OBJECT + length;
        if (kept > MOST_KEPT) {
            throw xml.fail(GpxException.Code.XML_LIMIT);
        }
    }

    /** The element's text; null where it is empty. */
    @Nullable String text() throws IOException {
        xml.readText();
        int length = xml.textTo() - xml.textFrom();
        return length == 0 ? null : recent(length);
    }

    /** The text just read: the same object as a short while ago where it is the same text. */
    private String recent(int length) {
        if (length > LONGEST_RECENT) {
            keep(length);
            return new String(xml.text(), xml.textFrom(), length);
        }
        int hash = 0;
        for (int i = xml.textFrom(); i < xml.textTo(); i++) {
            hash = 31 * hash + xml.text()[i];
        }
        int slot = (hash ^ (hash >>> 16)) & (recent.length - 1);
        if (!isText(recent[slot], length)) {
            keep(length);
            recent[slot] = new String(xml.text(), xml.textFrom(), length);
        }
        return recent[slot];
    }

    private boolean isText(String known, int length) {
        boolean same = known.length() == length;
        for (int i = 0; same && i < length; i++) {
            same = known.charAt(i) == xml.text()[xml.textFrom() + i];
        }
        return same;
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
        keep(href.length());
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
