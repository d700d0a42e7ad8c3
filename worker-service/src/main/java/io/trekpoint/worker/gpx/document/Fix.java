package io.trekpoint.worker.gpx.document;

/** How a receiver came to its position, in the words of GPX. */
public enum Fix {
    /** No fix. */
    NONE("none"),
    /** Position without elevation. */
    TWO_D("2d"),
    /** Position and elevation. */
    THREE_D("3d"),
    /** Differential GPS. */
    DGPS("dgps"),
    /** Military signal. */
    PPS("pps");

    /** The order above: a fix's place in it is its code. */
    private static final Fix[] ALL = values();

    private final String token;

    Fix(String token) {
        this.token = token;
    }

    /**
     * The word that GPX uses.
     *
     * @return the element's text
     */
    public String token() {
        return token;
    }

    /**
     * The code under which a word is kept in {@link Channel#FIX}.
     *
     * @param token an element's text
     * @return the code, NaN for a word GPX does not know
     */
    public static double code(String token) {
        for (int i = 0; i < ALL.length; i++) {
            if (ALL[i].token.equals(token)) {
                return i;
            }
        }
        return Double.NaN;
    }

    /**
     * The fix behind a code.
     *
     * @param code a value of {@link Channel#FIX}
     * @return its fix
     */
    public static Fix of(double code) {
        return ALL[(int) code];
    }
}
