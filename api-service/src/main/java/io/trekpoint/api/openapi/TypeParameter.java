package io.trekpoint.api.openapi;

import io.trekpoint.lanes.gpx.GpxTaskJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a job type, as the contract describes it.
 *
 * @param name its name
 * @param description what it does, in which unit
 * @param type of its values; an object or array is given as its JSON text
 * @param required whether it must be given, in the query or in a form
 * @param words the values it may have; empty for any
 * @param bounds of its values; null for none
 * @param usual what it is where it is not given; null where that is nothing
 * @param example a value
 */
record TypeParameter(
        String name,
        String description,
        SchemaType type,
        boolean required,
        List<String> words,
        @Nullable Bounds bounds,
        @Nullable Object usual,
        Object example) {
    /** The least and the greatest value of a number. */
    record Bounds(double least, double most) {}

    /** One of the constants of an enum; the first is the example where there is no usual one. */
    static <E extends Enum<E>> TypeParameter words(
            String name, String description, Class<E> type, @Nullable E usual) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(GpxTaskJson::label).toList();
        String label = usual == null ? null : GpxTaskJson.label(usual);
        Object example = label == null ? words.getFirst() : label;
        return new TypeParameter(
                name, description, SchemaType.STRING, false, words, null, label, example);
    }

    /** A number that has a usual value, which is its example. */
    static TypeParameter number(
            String name, String description, double least, double most, int usual) {
        return new TypeParameter(
                name,
                description,
                SchemaType.NUMBER,
                false,
                List.of(),
                new Bounds(least, most),
                BigDecimal.valueOf(usual),
                BigDecimal.valueOf(usual));
    }

    /** A whole number that has a usual value, which is its example. */
    static TypeParameter whole(String name, String description, int least, int most, int usual) {
        return number(name, description, least, most, usual).as(SchemaType.INTEGER);
    }

    /** True or false; false where it is not given. */
    static TypeParameter truth(String name, String description) {
        return new TypeParameter(
                name, description, SchemaType.BOOLEAN, false, List.of(), null, false, true);
    }

    /** A text. */
    static TypeParameter text(String name, String description, String example) {
        return new TypeParameter(
                name, description, SchemaType.STRING, false, List.of(), null, null, example);
    }

    /** An object or an array. */
    static TypeParameter json(String name, String description, SchemaType type, Object example) {
        return new TypeParameter(name, description, type, false, List.of(), null, null, example);
    }

    /** This parameter, where it must be given. */
    TypeParameter must() {
        return new TypeParameter(name, description, type, true, words, bounds, null, example);
    }

    /** This parameter, where nothing stands in for it. */
    TypeParameter withoutUsual() {
        return new TypeParameter(name, description, type, required, words, bounds, null, example);
    }

    private TypeParameter as(SchemaType other) {
        return new TypeParameter(name, description, other, required, words, bounds, usual, example);
    }
}
