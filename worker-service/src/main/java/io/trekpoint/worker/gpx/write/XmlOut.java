package io.trekpoint.worker.gpx.write;

import io.trekpoint.worker.gpx.document.Invisible;
import io.trekpoint.worker.gpx.document.Points;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts XML together from literal markup and escaped values; UTF-8, no indentation. */
final class XmlOut {

    private static final int CAPACITY = 16 << 10;

    private final Writer writer;
    private final char[] buffer = new char[CAPACITY];
    private int at;

    XmlOut(OutputStream out) {
        writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    /** Markup as it stands. */
    XmlOut raw(String markup) throws IOException {
        int length = markup.length();
        if (length > CAPACITY) {
            reserve(CAPACITY);
            writer.write(markup);
            return this;
        }
        reserve(length);
        markup.getChars(0, length, buffer, at);
        at += length;
        return this;
    }

    /**
     * A value, escaped for element text. What cannot be seen becomes a character reference; what
     * XML 1.0 cannot hold becomes U+FFFD.
     */
    XmlOut text(String value) throws IOException {
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        return this;
    }

    /** A value, escaped for an attribute in double quotes, where a reader makes space of breaks. */
    XmlOut attribute(String value) throws IOException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\t' -> raw("&#x9;");
                case '\n' -> raw("&#xA;");
                default -> character(c);
            }
        }
        return this;
    }

    private void character(char c) throws IOException {
        switch (c) {
            case '<' -> raw("&lt;");
            case '>' -> raw("&gt;");
            case '&' -> raw("&amp;");
            case '"' -> raw("&quot;");
            case '\r' -> raw("&#xD;");
            case '\t', '\n' -> put(c);
            default -> {
                if (c < ' ' || c >= 0xfffe) {
                    put('\ufffd');
                } else if (Invisible.is(c)) {
                    raw("&#x").raw(Integer.toHexString(c).toUpperCase(Locale.ROOT));
                    put(';');
                } else {
                    put(c);
                }
            }
        }
    }

    private void put(char c) throws IOException {
        reserve(1);
        buffer[at++] = c;
    }

    /** A finite number. */
    XmlOut number(double value) throws IOException {
        reserve(Digits.MAX_LENGTH);
        at = Digits.decimal(value, buffer, at);
        return this;
    }

    /** A time in UTC. */
    XmlOut time(long epochMillis) throws IOException {
        reserve(Digits.MAX_LENGTH);
        at = Digits.time(epochMillis, buffer, at);
        return this;
    }

    /** An element with this text; nothing where there is none. */
    XmlOut element(String name, @Nullable String value) throws IOException {
        return value == null ? this : open(name).text(value).close(name);
    }

    /** An element with this number; nothing where it is NaN. */
    XmlOut element(String name, double value) throws IOException {
        return Double.isNaN(value) ? this : open(name).number(value).close(name);
    }

    /** An element with this time; nothing where it is {@link Points#NO_TIME}. */
    XmlOut timeElement(String name, long time) throws IOException {
        return time == Points.NO_TIME ? this : open(name).time(time).close(name);
    }

    XmlOut open(String name) throws IOException {
        return raw("<").raw(name).raw(">");
    }

    XmlOut close(String name) throws IOException {
        return raw("</").raw(name).raw(">");
    }

    private void reserve(int length) throws IOException {
        if (at + length > CAPACITY) {
            writer.write(buffer, 0, at);
            at = 0;
        }
    }

    /** Hands everything on; the stream stays open. */
    void flush() throws IOException {
        writer.write(buffer, 0, at);
        at = 0;
        writer.flush();
    }
}
