package io.trekpoint.lanes.setting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * The type of a setting's scalar with its bounds.
 *
 * @param label the name of the type, such as {@code integer}
 * @param rule what a scalar must be, in words
 * @param reader reads a scalar; empty where it breaks the rule
 * @param <T> what the code reads
 */
record SettingType<T>(String label, String rule, Function<JsonNode, Optional<T>> reader) {
    static SettingType<Integer> wholeNumber(int least, int most) {
        return new SettingType<>(
                "integer",
                "must be a whole number from " + least + " to " + most,
                scalar ->
                        scalar.isIntegralNumber()
                                        && scalar.canConvertToInt()
                                        && scalar.intValue() >= least
                                        && scalar.intValue() <= most
                                ? Optional.of(scalar.intValue())
                                : Optional.empty());
    }
}
