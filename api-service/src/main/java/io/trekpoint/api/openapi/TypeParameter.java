package io.trekpoint.api.openapi;

import io.trekpoint.lanes.gpx.GpxTaskJson;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a job type, as the contract describes it.
 *
 * @param name its name
 * @param description what it does, in which unit
 * @param kind the type of its values in JSON Schema: string, number, integer, boolean, array,
 *     object
 * @param words the values it may have; empty for any
 * @param bounds the least and the greatest value; null for none
 * @param usual what it is where it is not given; null where that is nothing
 * @param example a value
 */
record TypeParameter(
        String name,
        String description,
        String kind,
        List<String> words,
        double @Nullable [] bounds,
        @Nullable String usual,
        String example) {

    static <E extends Enum<E>> TypeParameter words(
            String name, String description, Class<E> type, @Nullable String usual) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(GpxTaskJson::label).toList();
        return new TypeParameter(
                name,
                description,
                "string",
                words,
                null,
                usual,
                usual == null ? words.getFirst() : usual);
    }

    static TypeParameter number(
            String name, String description, double least, double most, @Nullable String usual) {
        String example = usual == null ? "500" : usual;
        return new TypeParameter(
                name, description, "number", List.of(), new double[] {least, most}, usual, example);
    }

    static TypeParameter whole(
            String name, String description, int least, int most, @Nullable String usual) {
        String example = usual == null ? "500" : usual;
        return new TypeParameter(
                name,
                description,
                "integer",
                List.of(),
                new double[] {least, most},
                usual,
                example);
    }

    static TypeParameter truth(String name, String description) {
        return new TypeParameter(name, description, "boolean", List.of(), null, "false", "true");
    }

    static TypeParameter json(String name, String description, String kind, String example) {
        return new TypeParameter(name, description, kind, List.of(), null, null, example);
    }
}
