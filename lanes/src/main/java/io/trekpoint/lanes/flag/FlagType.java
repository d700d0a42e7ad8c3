package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** The type that all variants of a flag share. */
enum FlagType {
    BOOLEAN,
    STRING,
    NUMBER,
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

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
