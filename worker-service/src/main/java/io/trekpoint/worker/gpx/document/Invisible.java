package io.trekpoint.worker.gpx.document;

/** Characters that can make a text look like another, or break a line where none is seen. */
public final class Invisible {

    private Invisible() {}

    /**
     * Whether a character is one: a control character beyond ASCII, a bidirectional mark, a line or
     * paragraph separator.
     *
     * @param c a UTF-16 code unit
     */
    public static boolean is(int c) {
        return (c >= 0x7f && c <= 0x9f)
                || c == 0x61c
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffb);
    }
}
