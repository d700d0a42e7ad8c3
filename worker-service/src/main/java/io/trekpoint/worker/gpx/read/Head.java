package io.trekpoint.worker.gpx.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.util.Set;
import javax.xml.stream.Location;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a file, to tell where its root element begins: the parser says where the space
 * in front of it does, counts a byte order mark as a part of the first line, and where it reads
 * characters instead of bytes, leaves the XML declaration out.
 */
final class Head {
    /** Encodings that the parser reads by bytes. */
    private static final Set<String> BYTEWISE = Set.of("UTF-8", "ISO-8859-1", "US-ASCII");

    /** The mark of UTF-8, as bytes and as a character. */
    private static final String MARK_BYTES = "\u00ef\u00bb\u00bf";

    private static final String MARK = "\ufeff";

    private final byte[] bytes = new byte[4 << 10];
    private int length;

    /** Keeps what it still has room for. */
    void take(byte[] buffer, int offset, int count) {
        int more = Math.min(count, bytes.length - length);
        System.arraycopy(buffer, offset, bytes, length, more);
        length += more;
    }

    /**
     * Where an event in front of the root's content begins.
     *
     * @param where as the parser says it
     * @param encoding as the parser calls it; null where it does not know
     */
    Place afterSpace(Location where, @Nullable String encoding) {
        boolean bytewise = encoding == null || BYTEWISE.contains(encoding);
        String text =
                new String(bytes, 0, length, bytewise ? ISO_8859_1 : Charset.forName(encoding));
        int first = text.startsWith(MARK_BYTES) ? MARK_BYTES.length() : 0;
        if (!bytewise) {
            text = text.startsWith(MARK) ? text.substring(1) : text;
        }
        int at = where.getCharacterOffset() + (bytewise ? 0 : declaration(text));
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at < text.length() ? place(text, first, at) : Place.of(where);
    }

    /** A place in the first line does not count the mark. */
    Place withoutMark(Place place) {
        boolean marked = new String(bytes, 0, length, ISO_8859_1).startsWith(MARK_BYTES);
        return marked && place.line() == 1
                ? new Place(1, place.column() - MARK_BYTES.length())
                : place;
    }

    private static int declaration(String text) {
        return text.startsWith("<?xml ") ? text.indexOf("?>") + 2 : 0;
    }

    private static Place place(String text, int first, int at) {
        int line = 1;
        int start = first;
        for (int i = first; i < at; i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && text.charAt(i + 1) != '\n')) {
                line++;
                start = i + 1;
            }
        }
        return new Place(line, at - start + 1);
    }
}
