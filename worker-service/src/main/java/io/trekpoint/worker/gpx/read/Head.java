package io.trekpoint.worker.gpx.read;

import java.util.Arrays;
import javax.xml.stream.Location;

/** The first bytes of a file, to tell where its root element begins. */
final class Head {
    private static final int BYTE_ORDER_MARK = 3;

    private final byte[] bytes = new byte[4 << 10];
    private int length;

    /** Keeps what it still has room for. */
    void take(byte[] buffer, int offset, int count) {
        int more = Math.min(count, bytes.length - length);
        System.arraycopy(buffer, offset, bytes, length, more);
        length += more;
    }

    /**
     * Where an event in front of the root's content begins. The parser says where the space in
     * front of it does, and takes a byte order mark for a part of the first line.
     */
    Place afterSpace(Location where) {
        int line = where.getLineNumber();
        int column = where.getColumnNumber();
        int at = where.getCharacterOffset();
        boolean marked = marked();
        if (marked && line == 1) {
            column -= BYTE_ORDER_MARK;
        }
        for (; at >= 0 && at < length && bytes[at] >= 0 && bytes[at] <= ' '; at++) {
            boolean ends =
                    bytes[at] == '\n'
                            || (bytes[at] == '\r' && (at + 1 == length || bytes[at + 1] != '\n'));
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        return new Place(line, column);
    }

    private boolean marked() {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        return length >= BYTE_ORDER_MARK
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK, mark, 0, BYTE_ORDER_MARK);
    }
}
