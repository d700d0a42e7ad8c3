package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** The type that all variants of a flag share. */
public enum FlagType {
    /** True or false. */
    BOOLEAN,
    /** A text. */
    STRING,
    /** A number, whole or not. */
    NUMBER,
    /** A JSON object. */
    OBJECT;

    static Optional<FlagType> of(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> Optional.of(BOOLEAN);
            case STRING -> Optional.of(STRING);
            case NUMBER -> Optional.of(NUMBER);
            case OBJECT -> Optional.of(OBJECT);
            case ARRAY, BINARY, MISSING, NULL, POJO -> Optional.empty();
        };
    }

    /** Its name in texts: {@code boolean}, {@code string}, {@code number}, {@code object}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
