package io.trekpoint.worker.gpx.write;

/** Characters that can make a text look like another, or break a line where none is seen. */
final class Invisible {

    private Invisible() {}

    /** Control characters beyond ASCII, bidirectional marks, line and paragraph separators. */
    static boolean is(int c) {
        return (c >= 0x7f && c <= 0x9f)
                || c == 0x61c
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffb);
    }
}
