package io.trekpoint.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.gpx.GpxTaskParser;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.InvalidParameterException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobOperationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void describesExactlyTheParametersThatAreTaken(GpxType type) throws JsonProcessingException {
        TreeSet<String> described = new TreeSet<>();
        ObjectNode parameters = JSON.createObjectNode();
        for (TypeParameter parameter : TypeParameters.of(type)) {
            described.add(parameter.name());
            boolean either = parameter.name().equals("maxPoints");
            if (!either) {
                parameters.set(parameter.name(), value(parameter));
            }
        }
        GpxTaskParser.parse(type, parameters);
        parameters.put("colour", "red");
        InvalidParameterException refusal =
                catchThrowableOfType(
                        InvalidParameterException.class,
                        () -> GpxTaskParser.parse(type, parameters));
        assertThat(refusal.field()).isEqualTo("colour");
        assertThat(refusal.rule()).endsWith("known are " + String.join(", ", described));
    }

    @Test
    void describesBoundsAndDefaultsAsTheyAre() {
        for (GpxType type : GpxType.values()) {
            for (TypeParameter parameter : TypeParameters.of(type)) {
                double[] bounds = parameter.bounds();
                if (bounds != null && !parameter.name().equals("precision")) {
                    assertThat(takes(type, parameter.name(), bounds[0])).isTrue();
                    assertThat(takes(type, parameter.name(), bounds[1])).isTrue();
                    assertThat(takes(type, parameter.name(), bounds[0] - 1)).isFalse();
                    assertThat(takes(type, parameter.name(), bounds[1] + 1)).isFalse();
                }
            }
        }
    }

    private static boolean takes(GpxType type, String name, double value) {
        ObjectNode parameters = JSON.createObjectNode().put(name, value);
        try {
            GpxTaskParser.parse(type, parameters);
            return true;
        } catch (InvalidParameterException e) {
            // A privacy that takes nothing out is refused for that and not for its zeros.
            return !e.field().equals(name);
        }
    }

    private static JsonNode value(TypeParameter parameter) throws JsonProcessingException {
        return switch (parameter.kind()) {
            case "string" -> JSON.getNodeFactory().textNode(parameter.example());
            default -> JSON.readTree(parameter.example());
        };
    }
}
