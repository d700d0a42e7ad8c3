package io.trekpoint.worker.gpx.read;

import org.codehaus.stax2.typed.TypedValueDecoder;

/** Takes an attribute's characters where they lie, without a string between. */
final class DecimalDecoder extends TypedValueDecoder {

    private double value;
    private int length;

    @Override
    public void decode(String input) {
        decode(input.toCharArray(), 0, input.length());
    }

    @Override
    public void decode(char[] buffer, int start, int end) {
        length = end - start;
        value = length > XmlParsers.MAX_ATTRIBUTE ? Double.NaN : Decimals.parse(buffer, start, end);
    }

    /** The last number taken, NaN where it was none. */
    double value() {
        return value;
    }

    /** How many characters it was written in. */
    int length() {
        return length;
    }

    @Override
    public void handleEmptyValue() {
        length = 0;
        value = Double.NaN;
    }
}
