package io.trekpoint.worker.gpx.read;

import org.codehaus.stax2.typed.TypedValueDecoder;

/** Takes an attribute's characters where they lie, without a string between. */
final class DecimalDecoder extends TypedValueDecoder {

    private double value;

    @Override
    public void decode(String input) {
        decode(input.toCharArray(), 0, input.length());
    }

    @Override
    public void decode(char[] buffer, int start, int end) {
        value = Decimals.parse(buffer, start, end);
    }

    /** The last number taken, NaN where it was none. */
    double value() {
        return value;
    }

    @Override
    public void handleEmptyValue() {
        value = Double.NaN;
    }
}
